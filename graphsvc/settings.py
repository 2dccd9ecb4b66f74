"""How the service is set up: one frozen class, read once from GRAPHSVC_* variables or an .env file."""

from __future__ import annotations

import ipaddress
from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from models.access import Role


class Settings(BaseSettings):
    """Settings; docs/settings.md lists them."""

    model_config = SettingsConfigDict(env_prefix="GRAPHSVC_", env_file=".env", frozen=True, extra="ignore")

    store_url: str = Field("sqlite:///graphsvc.db", description="Where the graph is kept.")
    store_user: str = Field("neo4j", description="User of a Neo4j store.")
    store_password: SecretStr | None = Field(None, description="Password of a Neo4j store.")
    store_database: str | None = Field(None, description="Database of a Neo4j store; empty is its default.")
    host: str = Field("127.0.0.1", description="Address to listen on; only loopback until users exist.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    open_door: Role | None = Field(
        None, description="Role in which whoever reaches the loopback address acts without signing in."
    )
    read_deadline_s: float = Field(3.0, gt=0, description="Longest a read may take, in seconds.")
    write_deadline_s: float = Field(5.0, gt=0, description="Longest a write may take, in seconds.")
    request_deadline_s: float = Field(4.5, gt=0, description="Longest a request may wait for the store.")
    bulk_deadline_s: float = Field(30.0, gt=0, description="Longest a snapshot or an import batch may take.")
    workers: int = Field(2, ge=1, le=64, description="Most processes for long questions.")
    cache_bytes: int = Field(
        256_000_000, ge=0, description="Room for account graphs kept in memory, in bytes."
    )
    body_bytes: int = Field(1_000_000, gt=0, description="Largest request body, in bytes.")
    upload_bytes: int = Field(200_000_000, gt=0, description="Largest body of an import, in bytes.")

    erasures: Path | None = Field(
        None, description="File that every erasure is also written to; a restore does them again."
    )

    keep_personal_days: int | None = Field(
        None, ge=0, description="Days personal fields are kept after somebody's last job ended."
    )
    keep_notes_days: int | None = Field(
        None, ge=0, description="Days notes of interactions and questionnaires are kept."
    )
    keep_actions_days: int | None = Field(
        None, ge=0, description="Days actions are kept after they were done."
    )

    @field_validator("host")
    @classmethod
    def _loopback_only(cls, host: str) -> str:
        try:
            if host == "localhost" or ipaddress.ip_address(host).is_loopback:
                return host
        except ValueError:
            pass
        raise ValueError(
            f"{host} is not a loopback address; without users and rights only 127.0.0.1 is served"
        )
