"""Company files with one mistake each, and the words with which the answer must name it."""

from dataclasses import dataclass

VALID_START = "question: What does a mistake look like?\n"


@dataclass(frozen=True)
class BadFile:
    """`text` is the file; `says` must all be in the one sentence; `line` is where the mistake is (None: nowhere)."""

    name: str
    text: str | bytes
    line: int | None
    says: tuple[str, ...]

    @property
    def content(self) -> bytes:
        return self.text if isinstance(self.text, bytes) else (VALID_START + self.text).encode()


BAD_FILES = [
    # words nobody knows
    BadFile("unknown group", "peeple: {sdrs: 1}", 2, ("unknown key peeple", "did you mean people?")),
    BadFile("unknown key", "people:\n  account_executive: 3", 3, ("did you mean account_executives?",)),
    BadFile("key of another group", "people:\n  turbulence: 3", 3, ("did you mean market.turbulence?",)),
    BadFile("key nothing is like", "people:\n  zebra: 3", 3, ("unknown key people.zebra", "account_executives")),
    BadFile("key at the top", "account_executives: 3", 2, ("did you mean people.account_executives?",)),
    BadFile("unknown nested key", "pay:\n  sales:\n    sceme: fixed", 4, ("pay.sales.sceme", "did you mean scheme?")),
    BadFile("unknown key of a segment", "segments:\n  small:\n    deal_value: 9", 4, ("did you mean deal_value_eur?",)),
    BadFile("unknown choice", "practices:\n  lead_definition: shared", 3, ("one of separate, joint",)),
    # wrong types
    BadFile("text for a number", "people:\n  sdrs: three", 3, ("people.sdrs", '"three"', "a whole number", "people")),
    BadFile("number in quotes", "people:\n  sdrs: '3'", 3, ("a whole number", "without quotes")),
    BadFile("fraction for a whole number", "people:\n  sdrs: 3.5", 3, ("3.5", "a whole number")),
    BadFile("decimal comma", "market:\n  turbulence: 1,5", 3, ('"1,5"', "a number")),
    BadFile("number with its unit", "people:\n  hours_per_day: 8 h", 3, ('"8 h"', "hours/day")),
    BadFile("per cent", "money:\n  discount_max: 20%", 3, ('"20%"', "at most 0.9")),
    BadFile("true for a number", "market:\n  turbulence: true", 3, ("is true", "a number")),
    BadFile("number for true", "practices:\n  sla: 1", 3, ("is 1", "true or false")),
    BadFile("no for false", "practices:\n  sla: no", 3, ('"no"', "true or false", "not yes or no")),
    BadFile("list for a number", "people:\n  sdrs: [1, 2]", 3, ("a list", "a whole number")),
    BadFile("empty list", "people:\n  sdrs: []", 3, ("an empty list",)),
    BadFile("group for a number", "people:\n  sdrs: {a: 1}", 3, ("a group of keys", "a whole number")),
    BadFile("number for a group", "people: 3", 2, ("people is 3", "a group with the keys account_executives")),
    BadFile("list for a group", "segments: [small, large]", 2, ("segments is a list", "a group of names")),
    BadFile("text for a segment", "segments:\n  small: cheap", 3, ("segments.small", '"cheap"', "deal_value_eur")),
    BadFile("number for the question", "name: 3", 2, ("name is 3", "text")),
    BadFile("date for a number", "market:\n  turbulence: 2024-01-31", 3, ('"2024-01-31"', "a number")),
    BadFile("time for a number", "practices:\n  meeting_h: 1:30", 3, ('"1:30"', "a number")),
    # impossible values
    BadFile("no reps", "people:\n  account_executives: 0", 3, ("account_executives is 0", "at least 1")),
    BadFile("negative", "people:\n  sdrs: -1", 3, ("-1", "at least 0")),
    BadFile("above the bound", "people:\n  hours_per_day: 25", 3, ("is 25", "at least 0.01 and at most 24")),
    BadFile("no prospects", "market:\n  prospects_per_day: 0", 3, ("prospects_per_day is 0", "at least 0.001")),
    BadFile("not a number", "market:\n  turbulence: .nan", 3, ("nan", "a number")),
    BadFile("infinite", "market:\n  turbulence: .inf", 3, ("inf", "a number", "finite")),
    BadFile(
        "change on the way without its day", "calendar:\n  practices.sla: true", 3, ("no change", "practices.sla@252")
    ),
    BadFile("change on the way of the market", "calendar:\n  market.turbulence@9: 2", 3, ("practices, pay, money",)),
    BadFile("change after the end", "calendar:\n  practices.sla@504: true", 3, ("after the run of 504 working days",)),
    BadFile("unknown change on the way", "calendar:\n  practices.slaa@9: true", 3, ("there is no practices.slaa",)),
    BadFile("change on the way above the bound", "calendar:\n  pay.on_cost@9: 9", 3, ("cannot be 9", "at most")),
    BadFile("infinite by size", "market:\n  turbulence: 1e999", 3, ("inf", "a number")),
    BadFile("huge whole number", "people:\n  sdrs: 1" + 400 * "0", 3, ("people.sdrs", "at most 30 characters")),
    BadFile("large whole number", "people:\n  sdrs: 10000000000000000000", 3, ("people.sdrs", "at most 5000")),
    BadFile("more than fits", "market:\n  prospects_per_day: 99999\nrun:\n  quarters: 80", 4, ("prospects",)),
    BadFile("shares above one", "market:\n  share_ready: 0.9\n  share_never_fit: 0.9", 3, ("exceed 1",)),
    BadFile("null for a number", "people:\n  sdrs: null", 3, ("people.sdrs is empty", "a whole number")),
    BadFile("nothing for a number", "people:\n  sdrs:", 3, ("people.sdrs is empty", "a whole number")),
    BadFile("nothing for a group", "people:\n", 2, ("people is empty", "a group")),
    BadFile("empty segments", "segments: {}", 2, ("segments", "at least one")),
    BadFile("nothing for segments", "segments:\n", 2, ("segments is empty",)),
    BadFile("empty channels", "channels: {}", 2, ("channels", "at least one")),
    BadFile(
        "removed what is not there",
        "segments:\n  small: null",
        3,
        ("segments.small", "takes out what is inherited, but nothing is"),
    ),
    # parents and presets
    BadFile("unknown parent", "extends: zebra", 2, ('no company "zebra"',)),
    BadFile("missing parent file", "extends: ./parents/mother.yaml", 2, ("no file", "mother.yaml")),
    BadFile("itself as parent", "extends: ./bad.yaml", 2, ("round in a circle", "bad.yaml -> bad.yaml")),
    BadFile("list of parents", "extends: [a, b]", 2, ("extends is a list", "the name or the path")),
    BadFile("no parent", "extends:", 2, ("extends is empty",)),
    BadFile("directory as parent", "extends: ./", 2, ("there is no file",)),
    BadFile("unknown preset", "preset: zebra", 2, ('no practice preset "zebra"',)),
    BadFile("number as preset", "preset: 4", 2, ("preset is 4",)),
    # YAML that surprises
    BadFile("key twice", "people: {sdrs: 1}\npeople: {sdrs: 2}", 3, ("people is there twice", "first in line 2")),
    BadFile("alias", "people: &p {sdrs: 1}\nmoney: *p", 3, ("money", "alias *p")),
    BadFile("alias bomb", "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]", 3, ("alias *a",)),
    BadFile("alias of itself", "people: &p {sdrs: *p}", 2, ("alias *p",)),
    BadFile("merge key", "people:\n  <<: {sdrs: 1}", 3, ("merge keys", "extends")),
    BadFile("hostile tag", "name: !!python/object/apply:os.system [exit 1]", 2, ("tag", "!!python/object/apply")),
    BadFile("local tag", "people: !team {sdrs: 1}", 2, ("tag", "!team")),
    BadFile("tag on a number", "people:\n  sdrs: !!float three", 3, ("tag", "!!float")),
    BadFile("list as a key", "? [a, b]\n: 1", 2, ("a key", "is a list")),
    BadFile("key with a dot", "market.turbulence: 2", 2, ('"market.turbulence"', "each part as its own key")),
    BadFile("second document", "people: {sdrs: 1}\n---\nmoney: {}", 3, ("second document",)),
    BadFile("tab", "people:\n\tsdrs: 1", 3, ("not valid YAML", "spaces, not tabs")),
    BadFile("bracket left open", "people: {sdrs: 1", 2, ("not valid YAML",)),
    BadFile("quote left open", "name: 'Anna\n", 3, ("not valid YAML",)),
    BadFile("bad indent", "people:\n    sdrs: 1\n  marketers: 2", 4, ("not valid YAML",)),
    BadFile("very deep", "a: " + 5000 * "[", 2, ("levels deep",)),
    BadFile("deep groups", "a: " + 50 * "{a: " + "1" + 50 * "}", 2, ("levels deep",)),
    # files that are no company
    BadFile("empty file", b"", None, ("empty",)),
    BadFile("only a byte order mark", b"\xef\xbb\xbf", None, ("empty",)),
    BadFile("only comments", b"# nothing yet\n", None, ("empty",)),
    BadFile("only a separator", b"---\n", None, ("empty",)),
    BadFile("empty group", b"{}\n", None, ("empty",)),
    BadFile("list of things", b"- people\n- money\n", 1, ("a list", "key: value")),
    BadFile("one word", b"reference\n", 1, ('"reference"', "key: value")),
    BadFile("a number", b"3\n", 1, ("3", "key: value")),
    BadFile("Latin-1", "name: ok\nquestion: Größe\n".encode("latin-1"), 2, ("not UTF-8",)),
    BadFile("UTF-16", "name: ok\n".encode("utf-16"), 1, ("not UTF-8",)),
    BadFile("null characters", b"name: ok\nquestion: \x00\n", 2, ("character",)),
    BadFile("picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), 1, ("not UTF-8",)),
    BadFile("far too long", b"# x\n" * 100_000, None, ("kB",)),
]
