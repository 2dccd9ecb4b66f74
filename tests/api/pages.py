"""Every page of the first of two tenants, as the table of pages has them."""

from __future__ import annotations

from collections.abc import Iterator

from graphsvc.pages.table import EVERYWHERE, OF_CONTACTS, PAGES


def pages() -> Iterator[str]:
    """Every page about the account and over all, and the tables that it has as files."""
    of_account = [f"/accounts/a-account{page.path}" for page in PAGES.values()]
    of_contact = [f"/accounts/a-account/contacts/a-contact{page.path}" for page in OF_CONTACTS.values()]
    yield from (page.path or "/" for page in EVERYWHERE.values())
    yield from of_account
    yield "/accounts/a-account/opportunities/a-opportunity"
    yield from of_contact
    yield from (
        f"/accounts/a-account/{page.name}.csv"
        for page in PAGES.values()
        if page.show and (page.asks or page.table)
    )
    yield from (f"/accounts/a-account/choices/{name}" for name in ("contacts", "members", "interactions"))
