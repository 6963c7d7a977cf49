"""What keeps other sites out: headers, the guard against cross-site requests, the page's policy."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from tests.api.door import PAGE, client_for, settings_for, sign_in
from tests.world import World
from tminus.platform.http import install
from tminus.platform.http.address import address_of, network_of
from tminus.platform.http.page import mount_page
from tminus.platform.settings import Settings


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({**PAGE}, 201),
        ({"X-Tminus-Client": "page", "Origin": "http://tminus.example"}, 201),
        ({"X-Tminus-Client": "page"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 403),
        ({"X-Tminus-Client": "page", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"X-Tminus-Client": "page", "Sec-Fetch-Site": "same-site"}, 403),
        ({"X-Tminus-Client": "page", "Origin": "http://evil.example"}, 403),
        ({"X-Tminus-Client": "page", "Origin": "null"}, 403),
        ({"X-Tminus-Client": "page", "Origin": "http://tminus.example.evil.example"}, 403),
        ({**PAGE, "Sec-Fetch-Site": "cross-site", "Origin": "http://tminus.example"}, 403),
    ],
)
async def test_what_changes_something_under_a_cookie_must_come_from_the_page(
    browser: httpx.AsyncClient, world: World, config: Settings, headers: dict[str, str], status: int
) -> None:
    await sign_in(browser, world, config, "Dana")
    answer = await browser.post("/api/v1/tokens", json={"name": "t"}, headers=headers)
    assert answer.status_code == status
    if status == 403:
        assert answer.json()["code"] == "cross_site"
        assert (await browser.get("/api/v1/tokens")).json()["items"] == []


async def test_another_site_cannot_sign_a_person_in_as_somebody_else(browser: httpx.AsyncClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Content-Type": "text/plain"}
    answer = await browser.post("/api/v1/sign-in", content=b'{"token": "x"}', headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "cross_site")


async def test_every_answer_carries_the_headers(browser: httpx.AsyncClient) -> None:
    for answer in (
        await browser.get("/"),
        await browser.get("/api/v1/session"),
        await browser.get("/api/v1/nothing"),
        await browser.post("/api/v1/sign-in", content=b"x" * 1_000_001),
        await browser.post("/api/v1/sign-in"),
    ):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert "camera=()" in answer.headers["permissions-policy"]
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert "strict-transport-security" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_over_tls_browsers_are_told_to_stay_there(world: World, tmp_path: Path) -> None:
    async with client_for(world, settings_for(tmp_path, "https://tminus.example")) as browser:
        assert "strict-transport-security" in (await browser.get("/api/v1/session")).headers


@pytest.fixture
async def built(tmp_path: Path) -> httpx.AsyncClient:
    """A page as the bundler leaves it, with a secret beside its folder."""
    folder = tmp_path / "page"
    (folder / "assets").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "index.html").write_text('<meta name="csp-nonce" content="__CSP_NONCE__">')
    (folder / "assets" / "index-C-yhd8Pg.js").write_text("1")
    (folder / "assets" / "color-scheme.js").write_text("2")
    return page_client(folder, tmp_path)


def page_client(folder: Path, home: Path) -> httpx.AsyncClient:
    app = FastAPI()
    install(app, settings_for(home))
    mount_page(app, folder)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://tminus.example")


async def test_the_page_and_its_policy_share_a_nonce_that_is_new_each_time(built: httpx.AsyncClient) -> None:
    nonces = set()
    for path in ("/", "/migrations/ERP/iterations/CUTOVER", "/index.html"):
        answer = await built.get(path)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-cache"
        found = re.search(r"content=\"([\w-]+)\"", answer.text)
        assert found is not None
        policy = answer.headers["content-security-policy"]
        assert f"style-src 'self' 'nonce-{found[1]}'" in policy
        assert "unsafe" not in policy
        assert "connect-src 'self' ws://tminus.example wss://tminus.example;" in policy
        nonces.add(found[1])
    assert len(nonces) == 3


async def test_a_host_that_would_widen_the_policy_is_left_out(built: httpx.AsyncClient) -> None:
    answer = await built.get("/", headers={"Host": "x; script-src *"})
    assert "script-src *" not in answer.headers["content-security-policy"]


async def test_hashed_files_stay_and_others_are_asked_for_again(built: httpx.AsyncClient) -> None:
    hashed = await built.get("/assets/index-C-yhd8Pg.js")
    assert "immutable" in hashed.headers["cache-control"]
    plain = await built.get("/assets/color-scheme.js")
    assert plain.headers["cache-control"] == "no-cache"
    assert (await built.get("/assets/gone-AAAA1111.js")).status_code == 404


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt", "/%00", "/" + "a" * 5000]
)
async def test_no_address_leads_out_of_the_folder(built: httpx.AsyncClient, path: str) -> None:
    answer = await built.get(path)
    assert answer.status_code in (200, 404)
    assert "secret" not in answer.text


async def test_the_page_takes_only_reading_and_leaves_the_api_alone(built: httpx.AsyncClient) -> None:
    assert (await built.post("/")).status_code == 405
    for path in ("/api", "/api/v1/nothing", "/socket.io/"):
        assert (await built.get(path)).json()["code"] == "not_found"


async def test_a_page_that_is_not_built_says_how(tmp_path: Path) -> None:
    answer = await page_client(tmp_path / "none", tmp_path).get("/")
    assert answer.status_code == 503
    assert "make demo" in answer.text


def test_a_forwarded_address_is_believed_from_the_proxy_alone(tmp_path: Path) -> None:
    direct, proxied = settings_for(tmp_path), settings_for(tmp_path, forwarded_for="10.0.0.1")
    headers = [(b"x-forwarded-for", b"6.6.6.6, 198.51.100.9")]
    from_proxy = {"client": ("10.0.0.1", 1), "headers": headers}
    from_elsewhere = {"client": ("203.0.113.5", 1), "headers": headers}
    assert address_of(from_proxy, direct) == "10.0.0.1"
    assert address_of(from_proxy, proxied) == "198.51.100.9"
    assert address_of(from_elsewhere, proxied) == "203.0.113.5"
    assert (
        address_of({"client": ("10.0.0.1", 1), "headers": [(b"x-forwarded-for", b"x")]}, proxied)
        == "10.0.0.1"
    )
    assert address_of({"client": None, "headers": []}, direct) == "unknown"


def test_one_subscriber_is_one_network() -> None:
    assert network_of("2001:db8:1:2:3::4") == network_of("2001:db8:1:2::9") == "2001:db8:1:2::/64"
    assert network_of("192.0.2.7") == "192.0.2.7"
    assert network_of("unknown") == "unknown"
