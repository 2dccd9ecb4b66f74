"""graphsvc sbom: the software bill of materials of this installation."""

from __future__ import annotations

from graphsvc.commands.common import LangOption
from graphsvc.commands.output import print_json
from graphsvc.sbom import bill_of_materials


def sbom(lang: LangOption = None) -> None:
    """Print what this installation is made of, as CycloneDX JSON: packages, scripts, licences, hashes."""
    print_json(bill_of_materials())
