"""The rest of a path, whatever is in it: slashes, and line breaks, which `path` takes for its end."""

from __future__ import annotations

from starlette.convertors import PathConvertor, register_url_convertor

REST = "rest"
"""What a route says for it: {value:rest}."""


class RestOfPath(PathConvertor):
    """As `path`, but a line break is a sign like others: what is wrong with it the field says, not a 404."""

    regex = r"[\s\S]*"


register_url_convertor(REST, RestOfPath())
