"""Small mistakes in `quotum.law`, one at a time: each comparison, constant, exclusion and arm made wrong."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

from attrs import frozen

LAW = Path(__file__).resolve().parents[2] / "quotum" / "law"
# Texts for people, no rule.
LEFT_OUT = ("__init__", "readings", "job_terms")

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
    ast.Div: ast.Mult,
}  # fmt: skip
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "any_horizontal": "all_horizontal"}
_JOINS = {"left": "inner", "inner": "left", "semi": "anti", "anti": "semi"}
# Strings that name a column, a table's key or a result: a wrong one is an error at once.
_NAMING = frozenset({"col", "alias", "select", "group_by", "drop", "over", "rename", "with_columns", "join"})
# Words for people.
_WORDS = frozenset({"Text", "Reason", "Question", "Rule", "Consequence"})


@frozen
class Mutant:
    """One module of the law with one mistake in it."""

    module: str
    """Name of the module within `quotum.law`: `wtl.bonus`."""
    name: str
    """What is wrong where: stable while the code around it changes."""
    source: str
    """The whole module, mistake included."""


def mutants_of(module: str) -> list[Mutant]:
    """Every mutant of a module of the law, in the order of its code."""
    text = path_of(module).read_text("utf-8")
    result: dict[str, Mutant] = {}
    for number in range(len(list(_places(ast.parse(text))))):
        tree = ast.parse(text)
        where, node, change = list(_places(tree))[number]
        before = _short(node)
        change()
        name = f"{module}.{where}: {before} -> {_short(node)}"
        twin = sum(other.split(" #")[0] == name for other in result)
        name = f"{name} #{twin + 1}" if twin else name
        result[name] = Mutant(module, name, ast.unparse(tree))
    return list(result.values())


def path_of(module: str) -> Path:
    """The file of a module of the law."""
    return LAW.joinpath(*module.split(".")).with_suffix(".py")


def modules() -> list[str]:
    """The modules of the law that hold rules."""
    places = (path.relative_to(LAW).with_suffix("").parts for path in LAW.rglob("*.py"))
    return sorted(".".join(parts) for parts in places if parts[-1] not in LEFT_OUT)


def _short(node: ast.AST) -> str:
    code = f"if {ast.unparse(node.test)}" if isinstance(node, ast.If) else ast.unparse(node)
    return " ".join(code.split())


_Place = tuple[str, ast.AST, Callable[[], None]]


def _places(tree: ast.Module) -> Iterator[_Place]:
    """Every possible mistake: where, the node that shows it, and what makes it."""
    for top in tree.body:
        if isinstance(top, ast.FunctionDef):
            yield from _of_function(top, top.name)
        elif isinstance(top, ast.ClassDef):
            for inner in top.body:
                if isinstance(inner, ast.FunctionDef):
                    yield from _of_function(inner, f"{top.name}.{inner.name}")
        elif isinstance(top, ast.Assign | ast.AnnAssign) and top.value is not None and not _for_types(top):
            yield from _constants(top, _name_of(top), naming=False)


def _for_types(node: ast.Assign | ast.AnnAssign) -> bool:
    """The names a module gives out, and variables of types."""
    return _name_of(node) == "__all__" or any(kind in ast.unparse(node) for kind in ("TypeVar", "ParamSpec"))


def _name_of(node: ast.Assign | ast.AnnAssign) -> str:
    return ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)


def _of_function(function: ast.FunctionDef, where: str) -> Iterator[_Place]:
    for default in [*function.args.defaults, *(node for node in function.args.kw_defaults if node)]:
        yield from _constants(default, where, naming=False)
    for statement in function.body:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            continue
        yield from _of_node(statement, where)


def _of_node(node: ast.AST, where: str) -> Iterator[_Place]:
    if isinstance(node, ast.Raise):
        return
    for child, statement in _within(node):
        shown = statement
        yield from ((where, shown, change) for change in _changes(child))
    yield from _constants(node, where, naming=True)


def _within(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Every node, with the nearest expression or statement around it that is small enough to be read."""
    stack = [(node, node)]
    while stack:
        mutant, shown = stack.pop()
        yield mutant, shown
        for child in ast.iter_child_nodes(mutant):
            if isinstance(child, ast.Raise) or child is getattr(mutant, "annotation", None):
                continue
            stack.append((child, child if isinstance(child, ast.stmt) else shown))


def _changes(node: ast.AST) -> Iterator[Callable[[], None]]:  # noqa: PLR0912  a kind of mistake an arm
    match node:
        case ast.Compare(ops=operators):
            for place, operator in enumerate(operators):
                if type(operator) in _COMPARISONS:
                    yield lambda place=place, operator=operator: node.ops.__setitem__(
                        place, _COMPARISONS[type(operator)]()
                    )
        case ast.BinOp(op=ast.BitAnd() | ast.BitOr()):
            yield lambda: _become(node, node.left)
            yield lambda: _become(node, node.right)
        case ast.BoolOp():
            for place in range(len(node.values)):
                yield lambda place=place: node.values.pop(place) and None  # type: ignore[func-returns-value]
        case ast.BinOp(op=operator) if type(operator) in _ARITHMETIC:
            yield lambda: setattr(node, "op", _ARITHMETIC[type(operator)]())
        case ast.UnaryOp(op=ast.Invert() | ast.Not() | ast.USub()):
            yield lambda: _become(node, node.operand)
        case ast.If() | ast.IfExp() | ast.While():
            yield lambda: setattr(node, "test", ast.UnaryOp(ast.Not(), node.test))
        case ast.comprehension(ifs=conditions) if conditions:
            for place in range(len(conditions)):
                yield lambda place=place: node.ifs.pop(place) and None  # type: ignore[func-returns-value]
        case ast.Call(func=ast.Name(id=name)) if name in _NAMES:
            yield lambda: setattr(node.func, "id", _NAMES[name])
        case ast.Call(func=ast.Attribute(attr="when"), args=[condition]):
            yield lambda: node.args.__setitem__(0, ast.UnaryOp(ast.Invert(), condition))
        case ast.Call(func=ast.Attribute(attr="filter", value=frame)):
            yield lambda: _become(node, frame)
        case ast.Call(func=ast.Name(id="Rule"), args=[*_, ast.Tuple(elts=parts)]):
            for place in range(len(parts)):
                yield lambda place=place: parts.pop(place) and None  # type: ignore[func-returns-value]
        case ast.Assign(targets=[ast.Name(id="conditions")], value=ast.Tuple(elts=parts)):
            for place in range(len(parts)):
                yield lambda place=place: parts.pop(place) and None  # type: ignore[func-returns-value]
        case ast.keyword(arg="how", value=ast.Constant(value=kind)) if kind in _JOINS:
            yield lambda: setattr(node, "value", ast.Constant(_JOINS[kind]))


def _become(node: ast.AST, other: ast.AST) -> None:
    """Make a node another one in place: its class and fields."""
    node.__class__ = other.__class__  # type: ignore[assignment]
    fields = {name: getattr(other, name) for name in other._fields}
    for name, value in fields.items():
        setattr(node, name, value)


def _constants(node: ast.AST, where: str, *, naming: bool) -> Iterator[_Place]:
    """Numbers one higher, booleans turned, words that are compared or given as a result changed."""
    stack: list[tuple[ast.AST, ast.AST, bool]] = [(node, node, False)]
    while stack:
        mutant, shown, named = stack.pop()
        if isinstance(mutant, ast.Constant):
            wrong = _wrong(mutant.value, named=named)
            if wrong is not None:
                yield where, shown, lambda item=mutant, wrong=wrong: setattr(item, "value", wrong)
            continue
        if isinstance(mutant, ast.Raise | ast.JoinedStr) or _is_words(mutant):
            continue
        here = named or (naming and _names_things(mutant))
        for child in ast.iter_child_nodes(mutant):
            if (
                naming
                and child in getattr(mutant, "keywords", ())
                and child.arg in ("how", "on", "left_on", "right_on")
            ):
                continue
            if child is getattr(mutant, "annotation", None):
                continue
            stack.append((child, child if isinstance(child, ast.stmt) else shown, here and not _gives_value(child)))


def _is_words(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _WORDS


def _names_things(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _NAMING


def _gives_value(node: ast.AST) -> bool:
    """An expression inside `select(...)` and the like computes again; only bare words there are names."""
    return isinstance(node, ast.keyword | ast.Call | ast.Compare | ast.BinOp)


def _wrong(value: object, *, named: bool) -> object:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return f"{value}_wrong" if isinstance(value, str) and not named else None
