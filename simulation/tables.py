"""How compiled code sees a company: one pointer to a list of tables, each table a NumPy array.

A function that took all arrays as arguments would pass some two hundred machine words at every call, which costs more
time than most rules, both to compile and to run. So a company is a type of its own in Numba: passing it passes one
pointer, and `company.lead` is an array made on the spot from address and shape.
"""

from typing import Any, ClassVar

import numpy as np
from llvmlite import ir
from numba import from_dtype, types
from numba.core import cgutils
from numba.core.extending import NativeValue, models, register_model, typeof_impl, unbox
from numba.core.imputils import lower_getattr_generic
from numba.core.typing.templates import AttributeTemplate, infer_getattr
from numba.np import arrayobj

WORDS_PER_TABLE = 4  # address, and up to three lengths
_WORD = ir.IntType(64)


class Tables(dict[str, tuple[np.dtype, int]]):
    """The layout of a company: for each table its NumPy dtype and number of axes."""

    def __init__(self, **tables: tuple[Any, int]) -> None:
        super().__init__({name: (np.dtype(kind), axes) for name, (kind, axes) in tables.items()})
        _CompanyType.layout = {
            name: (place, types.Array(from_dtype(kind), axes, "C"))
            for place, (name, (kind, axes)) in enumerate(self.items())
        }


class Company:
    """One company in its market: every table an attribute, as a NumPy array."""

    def __init__(self, tables: Tables, **arrays: np.ndarray) -> None:
        """Take one array for each table. Raises ValueError for an array that does not fit its table."""
        self._tables = tables
        self._words = np.zeros((len(tables), WORDS_PER_TABLE), np.int64)
        self.address = self._words.ctypes.data
        for place, (name, (kind, axes)) in enumerate(tables.items()):
            array = arrays[name]
            if array.dtype != kind or array.ndim != axes or not array.flags.c_contiguous:
                raise ValueError(f"table {name} is {array.ndim} axes of {array.dtype}, not {axes} of {kind}")
            setattr(self, name, array)
            self._words[place, 0] = array.ctypes.data
            self._words[place, 1 : 1 + axes] = array.shape

    def __setattr__(self, name: str, value: Any) -> None:
        """Refuse another array for a table: compiled code knows the address of the first. Write into it instead."""
        if name in self.__dict__:
            raise AttributeError(f"table {name} cannot be replaced; write into it, as in company.{name}[...] = values")
        super().__setattr__(name, value)

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle by the arrays; a copy has addresses of its own."""
        return _rebuild, (self._tables, {name: getattr(self, name) for name in self._tables})

    def __getattr__(self, name: str) -> np.ndarray:
        raise AttributeError(f"a company has no table {name!r}")


def _rebuild(tables: Tables, arrays: dict[str, np.ndarray]) -> Company:
    return Company(tables, **arrays)


class _CompanyType(types.Type):
    """Numba's type of a `Company`."""

    layout: ClassVar[dict[str, tuple[int, types.Array]]] = {}

    def __init__(self) -> None:
        super().__init__(name="Company")


_COMPANY = _CompanyType()


@typeof_impl.register(Company)
def _type_of(company: Company, context: Any) -> _CompanyType:
    return _COMPANY


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

    def generic_resolve(self, kind: _CompanyType, name: str) -> types.Array | None:
        return kind.layout[name][1] if name in kind.layout else None


@lower_getattr_generic(_CompanyType)
def _get_table(context: Any, builder: Any, kind: _CompanyType, words: Any, name: str) -> Any:
    place, array_type = kind.layout[name]

    def word(number: int) -> Any:
        return builder.load(builder.gep(words, [_WORD(place * WORDS_PER_TABLE + number)]))

    array = arrayobj.make_array(array_type)(context, builder)
    itemsize = context.get_constant(types.intp, context.get_abi_sizeof(context.get_data_type(array_type.dtype)))
    shape = [word(1 + axis) for axis in range(array_type.ndim)]
    strides = [itemsize]
    for length in reversed(shape[1:]):
        strides.insert(0, builder.mul(strides[0], length))
    data = builder.inttoptr(word(0), array.data.type)
    arrayobj.populate_array(array, data=data, shape=shape, strides=strides, itemsize=itemsize, meminfo=None)
    return array._getvalue()
