"""The import wizard: files in, a look at what they would do, the import, its undo; and the imports before."""

from __future__ import annotations

from graphsvc.features.imports.headers import Form
from graphsvc.features.imports.progress import Phase
from graphsvc.pages.asking import Asked, Shown
from graphsvc.samples import TABLES
from models.enums import ImportStage
from viz.labels import label

LATEST = 20


async def importing(asked: Asked) -> Shown:
    """The wizard, with the latest imports. Raises StoreUnavailable."""
    return Shown(
        (),
        {
            "imports": await asked.store.imports(asked.scope, LATEST),
            "done": ImportStage.DONE,
            "samples": TABLES,
            "phases": {str(phase): label(phase, asked.lang) for phase in Phase},
            "forms": {str(form): label(form, asked.lang) for form in Form},
        },
    )
