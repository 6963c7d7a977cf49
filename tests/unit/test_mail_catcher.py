"""The demo's mail catcher: what was sent to it is what the page shows."""

from __future__ import annotations

import asyncio
import stat
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from tminus.entry.demo.mail_catcher import MailCatcher
from tminus.entry.demo.mails import caught_mails
from tminus.integrations.smtp.transport import SmtpTransport
from tminus.platform.outbox.ports import Delivery, Mail, Outcome
from tminus.platform.settings import Settings


def mail(number: int) -> Mail:
    to, text = f"dana{number}@erp.example", f"Grüße {number}\nzweite Zeile\n"
    return Mail(
        UUID(int=number), to, f"Étape {number}", text, "<p>x</p>", f"<{number}@tminus>", 1, datetime.now(UTC)
    )


async def send(catcher: MailCatcher, count: int) -> list[Delivery]:
    transport = SmtpTransport(Settings(smtp_host="127.0.0.1", smtp_port=catcher.port, smtp_tls="none"))
    return [await transport.send(mail(number)) for number in range(count)]


def test_mails_come_back_newest_first_and_the_oldest_go(tmp_path: Path) -> None:
    folder = tmp_path / "mails"
    catcher = MailCatcher(folder, kept=3)
    catcher.start()
    try:
        outcomes = asyncio.run(send(catcher, 5))
    finally:
        catcher.stop()
    assert {delivery.outcome for delivery in outcomes} == {Outcome.SENT}
    mails = caught_mails(folder)
    assert [one.to for one in mails] == ["dana4@erp.example", "dana3@erp.example", "dana2@erp.example"]
    assert mails[0].subject == "Étape 4"
    assert mails[0].text == "Grüße 4\nzweite Zeile\n"
    assert mails[0].received_at > mails[1].received_at
    assert caught_mails(folder, limit=1) == mails[:1]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_nothing_caught_is_an_empty_list(tmp_path: Path) -> None:
    assert caught_mails(tmp_path / "nowhere") == []
