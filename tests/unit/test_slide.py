"""A slide: one page of 16:9 that says the answer, its doubt, and what to do; as PNG or PDF."""

import re
import struct
from functools import cache

import pytest

import run
from experiments.questions.compare.ask import CompareQuestion
from experiments.questions.sweep.ask import SweepQuestion
from experiments.questions.what_if.ask import WhatIfQuestion
from experiments.reporting import slide_fonts
from experiments.reporting.slide import Slide, in_short, money
from experiments.reporting.slide_fonts import families, has_all, lines, shown, width
from experiments.reporting.slide_page import slide
from experiments.statistics.doubt import spread
from scenarios.input_errors import InputError
from tests.asking import MADE, result_of


@cache
def comparison():
    return result_of(CompareQuestion("reference", runs=12, is_quick=True))


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    return struct.unpack(">II", png[16:24])


def test_a_slide_is_16_to_9(tmp_path):
    written = comparison().slide(tmp_path / "one.png")
    assert size_of(written.read_bytes()) == (1920, 1080)


def test_as_pdf_it_is_one_page(tmp_path):
    pdf = comparison().slide(str(tmp_path / "one.PDF")).read_bytes()
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


def test_it_says_money_doubt_and_what_to_do():
    said = comparison().content.slide
    assert [one.label for one in said.figures] == ["Revenue", "New business", "Contribution"]
    assert said.figures[2].low < said.figures[2].mean < said.figures[2].high
    assert [head for head, _ in said.says] == ["How sure", "What it hangs on", "For less", "Next"]
    assert said.says[0][1].startswith("It pays more than it costs")


def test_a_file_is_replaced_only_if_asked_for(tmp_path):
    path = tmp_path / "one.png"
    path.write_text("mine")
    with pytest.raises(InputError, match=r"one\.png exists"):
        comparison().slide(path)
    comparison().slide(path, replace=True)
    assert path.read_bytes().startswith(b"\x89PNG")


def test_another_kind_of_file_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"a slide is a \.png or a \.pdf file"):
        comparison().slide(tmp_path / "one.pptx")


def test_a_question_without_a_slide_says_which_have_one(tmp_path):
    swept = result_of(SweepQuestion("reference", points=2, runs=1))
    with pytest.raises(InputError, match="sweep has no slide; compare, what-if, roadmap and brief"):
        swept.slide(tmp_path / "one.png")


def test_too_few_replications_have_none(tmp_path):
    assert result_of(CompareQuestion("reference", runs=3)).content.slide is None


def test_a_line_fits_and_no_unit_stands_alone():
    text = "it pays in 46 % of draws and brings €110 k a year"
    for most in (1.0, 2.0, 3.0):
        broken = lines(text, 14, most)
        assert all(width(line, 14) <= most for line in broken if " " in line)
        assert " ".join(broken).replace("\N{NO-BREAK SPACE}", " ") == text
        assert not any(line.startswith(("%", "k ")) for line in broken)
    assert lines("one\ntwo", 14, 9.0) == ["one", "two"]


def test_chinese_is_broken_between_signs(monkeypatch):
    monkeypatch.setattr(slide_fonts, "width", lambda text, size, bold: len(text))
    assert lines("销售与市场", 14, 2) == ["销售", "与市", "场"]
    assert lines("销售 Sales 与", 14, 5) == ["销售", "Sales", "与"]


def test_signs_that_no_font_has_are_boxes_and_the_slide_says_so(monkeypatch):
    monkeypatch.setattr(slide_fonts, "_letters", lambda: frozenset(range(0x2000)))
    assert shown("a 销 b") == "a □ b"
    assert not has_all(["销售"])
    assert has_all(["Prodaži", "Продажи"])


def test_a_slide_in_chinese_is_drawn_whatever_fonts_there_are():
    said = Slide([money("收入", spread(comparison().values("aligned")))], "今天", [("多确定", "很确定")])
    assert size_of(slide(comparison().content, said, MADE, "png")) == (1920, 1080)
    assert families()[0] == "DejaVu Sans"


def test_a_sentence_of_the_conclusion_in_short():
    assert in_short("How sure: it pays; `roadmap` says more.") == "It pays; roadmap says more."
    assert in_short("nothing of it") == "Nothing of it"


def test_the_command_writes_it_and_names_it(tmp_path, capsys):
    words = ["what-if", "small_firm", "--set", "practices.sla=true", "--runs", "10", "--workers", "1", "-q"]
    file = tmp_path / "slide.png"
    assert run.main([*words, "--out", str(tmp_path / "out"), "--slide", str(file)]) == 0
    assert size_of(file.read_bytes()) == (1920, 1080)
    assert capsys.readouterr().out.rstrip().endswith(str(file))


def test_the_command_refuses_a_wrong_file_before_any_run(tmp_path, capsys):
    assert run.main(["compare", "--out", str(tmp_path / "out"), "--slide", "slide.key"]) == 2
    assert "a slide is a .png or a .pdf file" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_with_too_little_to_say_the_command_says_that_there_is_none(tmp_path, capsys):
    words = ["compare", "small_firm", "--runs", "2", "--workers", "1", "-q", "--out", str(tmp_path / "out")]
    assert run.main([*words, "--slide", str(tmp_path / "slide.png")]) == 0
    assert "no slide was written: there is too little to say" in capsys.readouterr().err
    assert not (tmp_path / "slide.png").exists()


def test_only_questions_that_have_one_offer_it(capsys):
    for command, is_offered in (("compare", True), ("brief", True), ("roadmap", True), ("sweep", False)):
        run.main([command, "--help"])
        assert ("--slide" in capsys.readouterr().out) == is_offered


def test_a_what_if_has_one_too():
    said = result_of(WhatIfQuestion("small_firm", changes={"practices.sla": True}, runs=10), None).content.slide
    assert said is not None
