"""How the service is set up: one frozen class, read once from GRAPHSVC_* variables or an .env file."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from graphsvc.logs import Form, Level
from models.access import Role
from models.fields import Unfit

SHORTEST_SECRET = 32


class Settings(BaseSettings):
    """Settings; docs/settings.md lists them."""

    model_config = SettingsConfigDict(env_prefix="GRAPHSVC_", env_file=".env", frozen=True, extra="ignore")

    store_url: str = Field("sqlite:///graphsvc.db", description="Where the graph is kept.")
    store_user: str = Field("neo4j", description="User of a Neo4j store.")
    store_password: SecretStr | None = Field(None, description="Password of a Neo4j store.")
    store_database: str | None = Field(None, description="Database of a Neo4j store; empty is its default.")
    host: str = Field(
        "127.0.0.1", description="Address to listen on; others than loopback need users, a secret and TLS."
    )
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    secret: SecretStr | None = Field(
        None, description="Key with which sessions and API keys are hashed; needed where others reach it."
    )
    tls_certificate: Path | None = Field(None, description="Certificate chain in PEM form.")
    tls_key: Path | None = Field(None, description="Private key of the certificate.")
    behind_proxy: str | None = Field(
        None, description="Address of the proxy that ends TLS; its word on who calls is believed."
    )
    open_door: Role | None = Field(
        None, description="Role in which whoever reaches the loopback address acts without signing in."
    )
    log_format: Form | None = Field(
        None, description="Form of the log: json, or text for people, which is the default on a terminal."
    )
    log_level: Level = Field("info", description="From which level on to log; info is a line a request.")
    oidc_issuer: str | None = Field(None, description="Identity provider by which people sign in.")
    oidc_client: str | None = Field(None, description="What it knows this service by.")
    oidc_secret: SecretStr | None = Field(None, description="The secret it gave this service, if it did.")
    oidc_name: str = Field("SSO", min_length=1, max_length=60, description="What the button calls it.")
    oidc_role_claim: str = Field("groups", description="Claim that tells somebody's groups.")
    oidc_roles: dict[str, Role] = Field(
        {},
        description="Role that a group brings new users, and keeps up; without, only known ones come in.",
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

    reads_per_minute: int = Field(
        1200,
        ge=0,
        description="Reads a minute for each user, API key, or address of strangers; 0 is no limit.",
    )
    heavy_per_minute: int = Field(300, ge=0, description="The same of answers and pages that cost much.")
    writes_per_minute: int = Field(600, ge=0, description="The same of changes.")
    imports_per_minute: int = Field(60, ge=0, description="The same of imports.")
    sign_ins_per_minute: int = Field(60, ge=0, description="The same of attempts to sign in.")
    webhook_private: bool = Field(
        False, description="Whether webhooks may go to private addresses, and without TLS to loopback."
    )

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

    @property
    def reached_by_others(self) -> bool:
        """Whether other machines may reach the service: by its address, or through a proxy."""
        return self.behind_proxy is not None or not _is_loopback(self.host)

    @property
    def encrypted(self) -> bool:
        """Whether browsers reach the service by TLS, its own or the proxy's."""
        return self.behind_proxy is not None or self.tls_certificate is not None

    @property
    def hashing_key(self) -> bytes:
        """What sessions, links and API keys are hashed with; empty without a secret."""
        return self.secret.get_secret_value().encode() if self.secret else b""

    @model_validator(mode="after")
    def _safe_to_reach(self) -> Settings:
        if (self.tls_certificate is None) is not (self.tls_key is None):
            raise Unfit("TLS needs both a certificate and its key", "TLS 须同时提供证书与私钥")
        if self.oidc_issuer is not None:
            _check_issuer(self.oidc_issuer, self.oidc_client)
        if not self.reached_by_others:
            return self
        if self.open_door is not None:
            raise Unfit(
                f"{self.host}: an open door is for loopback addresses only, without a proxy",
                f"{self.host}：免登录仅限本机回环地址，且不得经由代理",
            )
        if not self.encrypted:
            raise Unfit(
                f"{self.host} is not a loopback address: it needs --tls-certificate and --tls-key, or "
                "--behind-proxy with the proxy's address",
                f"{self.host} 不是本机回环地址：须提供 --tls-certificate 与 --tls-key，"
                "或用 --behind-proxy 给出代理地址",
            )
        if len(self.hashing_key) < SHORTEST_SECRET:
            raise Unfit(
                f"{self.host} is open to others: give GRAPHSVC_SECRET {SHORTEST_SECRET} or more characters",
                f"{self.host} 可被其他机器访问：请将 GRAPHSVC_SECRET 设为至少 {SHORTEST_SECRET} 个字符",
            )
        return self


def _check_issuer(issuer: str, client: str | None) -> None:
    parts = urlsplit(issuer)
    safe = parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname or ""))
    if not safe or not parts.hostname or parts.query or parts.fragment:
        raise Unfit(
            f"{issuer}: an issuer is an https address without query, or lies on this machine",
            f"{issuer}：颁发者须为不含查询参数的 https 地址，或位于本机",
        )
    if not client:
        raise Unfit("an issuer needs GRAPHSVC_OIDC_CLIENT", "设置颁发者时须同时提供 GRAPHSVC_OIDC_CLIENT")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
