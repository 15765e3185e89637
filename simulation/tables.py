"""How compiled code sees a company: one pointer to a list of tables, each table a NumPy array.

A function that took all arrays as arguments would pass some two hundred machine words at every call, which costs more
time than most rules, both to compile and to run. So a company is a type of its own in Numba: passing it passes one
pointer. Behind it lie a few words for each table, its address and shape. A table of numbers is an array made from them
on the spot. A table of records is the pointer to its words and knows only what behaviour needs of it: a record to read
and to write (`company.rep[rep]`), its lengths (`company.rep.shape`), and a column as an array
(`company.segment.weight`). Row numbers start at 0; a negative one is a mistake, not a row counted from the end.
"""

import operator
from functools import cached_property
from typing import Any

import numpy as np
from llvmlite import ir
from numba import from_dtype, types
from numba.core import cgutils
from numba.core.extending import NativeValue, intrinsic, lower_builtin, models, register_model, typeof_impl, unbox
from numba.core.imputils import lower_getattr, lower_getattr_generic
from numba.core.typing import signature
from numba.core.typing.templates import AbstractTemplate, AttributeTemplate, infer_getattr, infer_global

from simulation.plain import PLAIN, as_rules_see_it

WORDS_PER_TABLE = 4  # address, and up to three lengths
LINES_AHEAD, BYTES_PER_LINE = 2, 64  # of a record that is fetched before it is read
_WORD = ir.IntType(64)
_BYTES = ir.IntType(8).as_pointer()


_layouts: "dict[str, Tables]" = {}
"""The first layout that was declared for each owner."""


class Tables(dict[str, tuple[np.dtype, int]]):
    """A layout: for each table its NumPy dtype and number of axes; `owner` is what has such tables, in a word.

    Rows of `growing` tables begin one after the other as time goes on: along which axis, and in which table and column
    it stands how many there are. Python sees those rows; the others are room, and hold anything.
    """

    def __init__(self, owner: str, /, **tables: tuple[Any, int]) -> None:
        super().__init__({name: (np.dtype(kind), axes) for name, (kind, axes) in tables.items()})
        self.owner = owner
        _layouts.setdefault(owner, self)
        self.growing: dict[str, tuple[int, str, str]] = {}

    def __getstate__(self) -> dict[str, Any]:
        return {"owner": self.owner, "growing": self.growing}

    @cached_property
    def type(self) -> "_CompanyType":
        """Numba's type of what has these tables."""
        kinds = ((name, _table_type(from_dtype(kind), axes)) for name, (kind, axes) in self.items())
        return _CompanyType(self.owner, {name: (place, kind) for place, (name, kind) in enumerate(kinds)})


def one_row(kind: np.dtype, **first: Any) -> np.ndarray:
    """A table of one row: nothing but what it begins with."""
    row = np.zeros(1, kind)
    for name, value in first.items():
        row[name] = value
    return row


class Company:
    """One company in its market: every table an attribute, as a NumPy array."""

    def __init__(self, tables: Tables, **arrays: np.ndarray) -> None:
        """Take one array for each table. Raises ValueError for an array that does not fit its table."""
        words = []
        for name, (kind, axes) in tables.items():
            array = arrays[name]
            if array.dtype != kind or array.ndim != axes or not array.flags.c_contiguous:
                raise ValueError(f"table {name} is {array.ndim} axes of {array.dtype}, not {axes} of {kind}")
            words.append((array.ctypes.data, *array.shape, *(0,) * (WORDS_PER_TABLE - 1 - axes)))
        self.layout, self._words = tables, np.array(words, np.int64)
        self.address = self._words.ctypes.data
        seen = {name: as_rules_see_it(arrays[name]) for name in tables}
        self._growing = {name: seen.pop(name) for name in tables.growing}
        self._rows: dict[str, tuple[int, np.ndarray]] = {}
        self.__dict__.update(seen)

    def __setattr__(self, name: str, value: Any) -> None:
        """Refuse another array for a table: compiled code knows the address of the first. Write into it instead."""
        if name in self.__dict__.get("layout", ()):
            raise AttributeError(f"table {name} cannot be replaced; write into it, as in company.{name}[...] = values")
        super().__setattr__(name, value)

    def rooms(self) -> dict[str, np.ndarray]:
        """Every table whole, with the room beyond the rows that there are."""
        return {name: self.__dict__.get(name) for name in self.layout} | self._growing

    def lengthen(self, name: str, n_rows: int) -> None:
        """Make room for so many rows in a table that grows along its first axis; compiled code finds it later."""
        rows = getattr(self, name)
        longer = np.zeros((n_rows, *rows.shape[1:]), rows.dtype)
        longer[: len(rows)] = rows
        self._growing[name], self._rows = as_rules_see_it(longer), {}
        self._words[list(self.layout).index(name), :2] = longer.ctypes.data, n_rows

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle by the arrays; a copy has addresses of its own."""
        return _rebuild, (self.layout, self.rooms())

    def __getattr__(self, name: str) -> np.ndarray:
        """A growing table: the rows that there are by now."""
        if name.startswith("_") or name not in self._growing:
            raise AttributeError(f"a company has no table {name!r}")
        axis, counted, column = self.layout.growing[name]
        n, (shown, rows) = int(self.__dict__[counted][column][0]), self._rows.get(name, (-1, None))
        if rows is None or n != shown:
            rows = as_rules_see_it(np.asarray(self._growing[name])[(slice(None),) * axis + (slice(n),)])
            self._rows[name] = n, rows
        return rows


def _rebuild(tables: Tables, arrays: dict[str, np.ndarray]) -> Company:
    return Company(tables, **arrays)


class _RecordsType(types.Type):
    """Numba's type of a table of records: a pointer to its words."""

    def __init__(self, record: types.Record, axes: int) -> None:
        self.record, self.axes = record, axes
        super().__init__(name=f"Records({record}, {axes})")

    @property
    def index(self) -> types.Type:
        """One whole number for each axis."""
        return types.intp if self.axes == 1 else types.UniTuple(types.intp, self.axes)

    def column(self, name: str) -> types.Array:
        """One field of all records, as an array."""
        return types.Array(self.record.typeof(name), self.axes, "A")


def _table_type(kind: types.Type, axes: int) -> types.Type:
    return _RecordsType(kind, axes) if isinstance(kind, types.Record) else types.Array(kind, axes, "C")


class _CompanyType(types.Type):
    """Numba's type of what has tables of one layout."""

    def __init__(self, owner: str, layout: dict[str, tuple[int, types.Type]]) -> None:
        self.layout = layout
        super().__init__(name=owner)


def places_of(name: str) -> list[tuple[str, int, types.Type]]:
    """Who has a table of this name, at which place in the list, and Numba's type of it."""
    return [(one.owner, *one.type.layout[name]) for one in _layouts.values() if name in one]


@typeof_impl.register(Company)
def _type_of(company: Company, context: Any) -> _CompanyType:
    return company.layout.type


@register_model(_CompanyType)
class _CompanyModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, _WORD.as_pointer())


@unbox(_CompanyType)
def _unbox(kind: Any, company: Any, c: Any) -> NativeValue:
    number = c.pyapi.object_getattr_string(company, "address")
    address = c.pyapi.long_as_longlong(number)
    c.pyapi.decref(number)
    is_error = cgutils.is_not_null(c.builder, c.pyapi.err_occurred())
    return NativeValue(c.builder.inttoptr(address, _WORD.as_pointer()), is_error=is_error)


@infer_getattr
class _CompanyAttributes(AttributeTemplate):
    key = _CompanyType

    def generic_resolve(self, kind: _CompanyType, name: str) -> types.Type | None:
        return kind.layout[name][1] if name in kind.layout else None


@lower_getattr_generic(_CompanyType)
def _get_table(context: Any, builder: Any, kind: _CompanyType, words: Any, name: str) -> Any:
    place, table = kind.layout[name]
    words = builder.gep(words, [_WORD(place * WORDS_PER_TABLE)])
    if isinstance(table, _RecordsType):
        return words
    size = context.get_abi_sizeof(context.get_data_type(table.dtype))
    return _array(context, builder, table, (_address(builder, words), _shape(builder, words, table.ndim), size))


@register_model(_RecordsType)
class _RecordsModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, _WORD.as_pointer())


@infer_getattr
class _RecordsAttributes(AttributeTemplate):
    key = _RecordsType

    def generic_resolve(self, kind: _RecordsType, name: str) -> types.Type | None:
        if name == "shape":
            return types.UniTuple(types.intp, kind.axes)
        return kind.column(name) if name in kind.record.fields else None


@lower_getattr(_RecordsType, "shape")
def _get_shape(context: Any, builder: Any, kind: _RecordsType, words: Any) -> Any:
    return cgutils.pack_array(builder, _shape(builder, words, kind.axes))


@lower_getattr_generic(_RecordsType)
def _get_column(context: Any, builder: Any, kind: _RecordsType, words: Any, name: str) -> Any:
    address = builder.gep(_address(builder, words), [_WORD(kind.record.offset(name))])
    return _array(context, builder, kind.column(name), (address, _shape(builder, words, kind.axes), kind.record.size))


@infer_global(operator.getitem)
class _TakeRecord(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        table, index = args
        if isinstance(table, _RecordsType) and self.context.can_convert(index, table.index) is not None:
            return signature(table.record, table, table.index)
        return None


@lower_builtin(operator.getitem, _RecordsType, types.Integer)
@lower_builtin(operator.getitem, _RecordsType, types.UniTuple)
def _get_record(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    kind, words = sig.args[0], args[0]
    indices = [args[1]] if kind.axes == 1 else cgutils.unpack_tuple(builder, args[1])
    place = indices[0]
    for length, further in zip(_shape(builder, words, kind.axes)[1:], indices[1:], strict=True):
        place = builder.add(builder.mul(place, length), further)
    address = builder.gep(_address(builder, words), [builder.mul(place, _WORD(kind.record.size))], inbounds=True)
    return builder.bitcast(address, context.get_value_type(kind.record))


def _instruction(write: Any) -> Any:
    """An instruction to the processor; plain Python has none."""
    return (lambda *operands: None) if PLAIN else intrinsic(write)


@_instruction
def fetch_ahead(context: Any, table: Any, row: Any) -> Any:
    """Have the processor fetch the beginning of a record while it does other work; nothing else happens.

    For compiled code that goes from record to record in no order: reading one nobody has fetched takes as long as a
    hundred sums.
    """

    def fetch(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        record = builder.bitcast(_get_record(context, builder, sig, args), _BYTES)
        kind = ir.FunctionType(ir.VoidType(), [_BYTES, *[ir.IntType(32)] * 3])
        prefetch = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0i8")
        for line in range(LINES_AHEAD):
            address = builder.gep(record, [_WORD(line * BYTES_PER_LINE)])
            builder.call(prefetch, [address, *map(ir.IntType(32), (0, 3, 1))])  # to read, to keep, data
        return context.get_dummy_value()

    return types.void(table, types.intp), fetch


def _begin_as(context: Any, table: Any, row: Any, model: Any) -> Any:
    """Write another record of the same kind over a record."""

    def write(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        record = _get_record(context, builder, types.void(*sig.args[:2]), args[:2])
        cgutils.raw_memcpy(builder, record, args[2], _WORD(table.record.size), 1)
        return context.get_dummy_value()

    return types.void(table, types.intp, model), write


def _begin_as_plainly(table: Any, row: int, model: Any) -> None:
    np.asarray(table)[row] = np.asarray(model._table)[model._place]


begin_as = _begin_as_plainly if PLAIN else intrinsic(_begin_as)
"""`begin_as(company.lead, lead, company.stranger[0])`: a record begins as a copy of another."""


def _read_word(context: Any, table: Any, row: Any, word: Any) -> Any:
    """The `word`-th 8 bytes of a record, as a number."""

    def read(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        record = _get_record(context, builder, types.void(*sig.args[:2]), args[:2])
        return builder.load(builder.gep(builder.bitcast(record, ir.DoubleType().as_pointer()), [args[2]]))

    return types.float64(table, types.intp, types.intp), read


def _read_word_plainly(table: Any, row: int, word: int) -> float:
    return np.asarray(table)[row : row + 1].view(np.float64)[word]  # type: ignore[no-any-return]


read_word = _read_word_plainly if PLAIN else intrinsic(_read_word)
"""`read_word(company.book, day, word)`: the 8 bytes of a record from its `word`-th on, as a number."""


def _write_word(context: Any, table: Any, row: Any, word: Any, value: Any) -> Any:
    """Write the `word`-th 8 bytes of a record."""

    def write(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        record = _get_record(context, builder, types.void(*sig.args[:2]), args[:2])
        words = builder.bitcast(record, ir.DoubleType().as_pointer())
        builder.store(args[3], builder.gep(words, [args[2]]))
        return context.get_dummy_value()

    return types.void(table, types.intp, types.intp, types.float64), write


def _write_word_plainly(table: Any, row: int, word: int, value: float) -> None:
    np.asarray(table)[row : row + 1].view(np.float64)[word] = value


overwrite = _write_word_plainly if PLAIN else intrinsic(_write_word)
"""`overwrite(company.rules, 0, word, value)`: the 8 bytes of a record from its `word`-th on are those of `value`."""


def _address(builder: Any, words: Any) -> Any:
    """Where a table begins."""
    return _unchanging(builder, builder.bitcast(words, _BYTES.as_pointer()))


def _shape(builder: Any, words: Any, axes: int) -> list[Any]:
    """The lengths of a table."""
    return [_unchanging(builder, builder.gep(words, [_WORD(1 + axis)])) for axis in range(axes)]


def _unchanging(builder: Any, pointer: Any) -> Any:
    """A word of a company: no compiled function ever writes it, so it need not be read again after other writing."""
    word = builder.load(pointer)
    word.set_metadata("invariant.load", builder.module.add_metadata([]))
    return word


def _array(context: Any, builder: Any, kind: types.Array, where: tuple[Any, list[Any], int]) -> Any:
    """An array over memory that is already there: its address, lengths, and bytes from one item to the next."""
    from numba.np import arrayobj  # only here: whoever imports the model need not wait for it

    address, shape, step = where
    array = arrayobj.make_array(kind)(context, builder)
    strides = [_WORD(step)]
    for length in reversed(shape[1:]):
        strides.insert(0, builder.mul(strides[0], length))
    itemsize = _WORD(context.get_abi_sizeof(context.get_data_type(kind.dtype)))
    data = builder.bitcast(address, array.data.type)
    arrayobj.populate_array(array, data=data, shape=shape, strides=strides, itemsize=itemsize, meminfo=None)
    return array._getvalue()
