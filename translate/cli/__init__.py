"""The command line: the only code that prints, exits or reads the environment."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer

    from translate.errors import DeskError


def app() -> typer.Typer:
    """Build the command line: one module a group of verbs."""
    import typer

    from translate.cli import (
        check,
        desk,
        evaluate,
        exchange,
        glossary,
        memory,
        models,
        publish,
        review,
        serve,
        watch,
        work,
    )

    made = typer.Typer(
        name="translate",
        help="From a French dispatch to its English and German editions, on your own machines.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
        rich_markup_mode=None,
    )
    made.callback()(desk.version)
    desk.register(made)
    work.register(made)
    check.register(made)
    publish.register(made)
    review.register(made)
    watch.register(made)
    serve.register(made)
    evaluate.register(made)
    made.add_typer(models.app(), name="models")
    made.add_typer(memory.app(), name="memory")
    made.add_typer(exchange.app(), name="exchange")
    made.add_typer(glossary.app(), name="glossary")
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    0 done; 1 findings or a closed gate; 2 wrong usage or configuration; 3 something the environment lacks;
    130 interrupted, nothing lost.
    """
    from translate.cli.output import EndError, report
    from translate.errors import DeskError

    words = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in words
    as_json = "--json" in words or "--format=json" in words or ("--format", "json") in pairwise(words)
    try:
        result = app()(args=[word for word in words if word != "--debug"], standalone_mode=False)
    except KeyboardInterrupt:
        return _interrupted()
    except EndError as end:
        return end.exit_code
    except DeskError as error:
        if debug:
            raise
        report(error, as_json=as_json)
        return error.exit_code
    except Exception as error:
        if debug:
            raise
        return _unforeseen(error, as_json=as_json)
    return _interrupted() if result == 130 else result if isinstance(result, int) else 0


def _interrupted() -> int:
    sys.stderr.write("translate: interrupted; what was done is kept, run the command again to go on.\n")
    return 130


def _absent(error: FileNotFoundError) -> DeskError:
    from translate.errors import UsageError

    return UsageError("there is no such file", where=str(error.filename or ""), remedy="Name one that is there.")


def _unforeseen(error: Exception, *, as_json: bool) -> int:
    """Report a usage error of Typer, or a defect of ours, without a traceback."""
    code = getattr(error, "exit_code", None)
    if type(error).__name__ == "Abort":
        return _interrupted()
    if code is not None and hasattr(error, "show"):
        error.show()
        return int(code)
    if code is not None:
        return int(code)
    if isinstance(error, OSError):
        from translate.cli.output import report
        from translate.files import refused

        told = _absent(error) if isinstance(error, FileNotFoundError) else refused(error)
        report(told, as_json=as_json)
        return told.exit_code
    sys.stderr.write(
        f"translate: this is a defect of Translation Desk: {type(error).__name__}: {error}\n"
        "  Please report it; the same command with --debug shows where it happened.\n"
    )
    return 70
