"""graphsvc openapi: the API's OpenAPI document, with no store and no service."""

from __future__ import annotations

import json

import typer

from graphsvc.app import document
from graphsvc.commands.common import LangOption


def openapi(lang: LangOption = None) -> None:
    """Print the OpenAPI 3.1 document of the API, as docs/openapi.json has it."""
    typer.echo(json.dumps(document(), ensure_ascii=False, indent=1, sort_keys=True))
