"""Mail against a real SMTP server on this machine."""

from __future__ import annotations

import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.core import SetClock
from adapters.couriers import NotSent, Refused, Unknown
from adapters.mail import MailCourier, MailSettings
from bot.errors import SettingsError
from bot.reply import Button, Card, Fact, File, Text
from bot.turn import ConversationReference
from tests.adapters.mail.conftest import Mailbox, authenticator, certificate, serving

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
CARD = Card(
    "Påminnelse: möte <b>torsdag</b>", "Rad ett\nrad två", (Fact("Var", "Skövde & Skara"),),
    buttons=(Button("Länk", url="https://mote.example/1"), Button("Jag kommer", "answer")),
)  # fmt: skip


def courier(port: int, **more: object) -> MailCourier:
    settings = MailSettings(
        **{
            "host": "127.0.0.1",
            "sender": "bot@natverk.example",
            "security": "none",
            "port": port,
            **more,
        }
    )
    settings.check()
    return MailCourier(settings, SetClock(NOW))


def to(address: str = "bo@vara.example", **extra: str) -> ConversationReference:
    return ConversationReference("mail", "smtp", address, extra=extra)


async def test_a_card_arrives_as_text_and_html(port: int, mailbox: Mailbox) -> None:
    receipt = await courier(port).send(to(), CARD, "sv")

    mail = mailbox.mails[0]
    assert mailbox.envelopes[0].rcpt_tos == ["bo@vara.example"]
    assert mail["Subject"] == "Påminnelse: möte <b>torsdag</b>"
    assert receipt.message == mail["Message-ID"]
    plain = mail.get_body(("plain",)).get_content().replace("\r", "")
    html = mail.get_body(("html",)).get_content()
    assert "Rad ett\nrad två" in plain
    assert "Var: Skövde & Skara" in plain
    assert "Länk: https://mote.example/1" in plain
    assert "Jag kommer" not in plain + html
    assert "&lt;b&gt;torsdag&lt;/b&gt;" in html
    assert "Skövde &amp; Skara" in html
    assert '<a href="https://mote.example/1">Länk</a>' in html


async def test_a_second_try_is_the_same_mail(port: int, mailbox: Mailbox) -> None:
    post = courier(port)
    where = to(ticket="abc123", made="2026-11-20T07:00:00+00:00")
    await post.send(where, CARD, "sv")
    await post.send(where, CARD, "sv")

    first, second = mailbox.mails
    assert first["Message-ID"] == second["Message-ID"] == "<abc123@natverk.example>"
    assert first["Date"] == second["Date"] == "Fri, 20 Nov 2026 07:00:00 +0000"


async def test_a_file_is_attached_under_a_harmless_name(port: int, mailbox: Mailbox) -> None:
    reply = File("../../etc/proto\r\nkoll å.pdf", b"%PDF-1", "application/pdf", "Här är det")
    await courier(port).send(to(), reply, "sv")

    parts = list(mailbox.mails[0].iter_attachments())
    assert [(each.get_filename(), each.get_content()) for each in parts] == [
        ("_.._etc_proto_koll å.pdf", b"%PDF-1")
    ]


@pytest.mark.parametrize(
    "title",
    ["a\r\nBcc: evil@x.example", "a\nX-Evil: 1", "a\u2028Bcc: evil@x.example", "a\x00b", "å" * 500,
     "\r\n\r\n<script>", "=?utf-8?q?a=0D=0ABcc:_evil?="],
)  # fmt: skip
async def test_no_text_adds_a_header(port: int, mailbox: Mailbox, title: str) -> None:
    await courier(port).send(to(), Card(title, "x"), "sv")

    mail = mailbox.mails[0]
    known = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted",
             "MIME-Version", "Content-Type"}  # fmt: skip
    assert {name for name in mail if not name.startswith("X-")} == known
    assert {name for name in mail if name.startswith("X-")} <= {"X-Peer", "X-MailFrom", "X-RcptTo"}
    assert mailbox.envelopes[0].rcpt_tos == ["bo@vara.example"]
    assert "\n" not in mail["Subject"]


@pytest.mark.parametrize(
    "address",
    ["", "bo", "a@x.example, evil@y.example", "a@x.example\r\nRCPT TO:<b@y.example>", "<a@x.example>",
     "a b@x.example", "a@x", "a@-x.example", '"a"@x.example', "a@x.example;b@x.example", "å@x.example",
     "a@[127.0.0.1]", "a@x..example", "a@x.example\x00"],
)  # fmt: skip
async def test_what_is_not_one_address_gets_nothing(
    port: int, mailbox: Mailbox, address: str
) -> None:
    with pytest.raises(Refused):
        await courier(port).send(to(address), CARD, "sv")
    assert mailbox.envelopes == []


async def test_a_demo_mails_nobody_outside_example(port: int, mailbox: Mailbox) -> None:
    post = courier(port, only=".example")
    for address in ("bo@skara.se", "bo@x.example.se", "bo@notexample"):
        with pytest.raises(Refused):
            await post.send(to(address), CARD, "sv")
    assert mailbox.envelopes == []
    await post.send(to("bo@skara.example"), CARD, "sv")
    assert len(mailbox.envelopes) == 1


@pytest.mark.parametrize(
    ("rcpt", "data", "error", "reason"),
    [
        ("450 greylisted", "250 OK", NotSent, None),
        ("550 no such user", "250 OK", Refused, "gone"),
        ("552 too much", "250 OK", Refused, "too_big"),
        ("250 OK", "451 later", NotSent, None),
        ("250 OK", "552 too big", Refused, "too_big"),
        ("250 OK", "554 looks like spam", Refused, "too_big"),
        ("250 OK", "hang up", Unknown, None),
    ],
)
async def test_each_answer_has_its_meaning(
    port: int, mailbox: Mailbox, rcpt: str, data: str, error: type, reason: str | None
) -> None:
    mailbox.to_rcpt, mailbox.to_data = rcpt, data

    with pytest.raises(error) as caught:
        await courier(port).send(to(), CARD, "sv")

    assert getattr(caught.value, "reason", None) == reason


async def test_a_server_that_is_down_has_certainly_taken_nothing() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = MailSettings("127.0.0.1", "bot@natverk.example", "none", port)

    with pytest.raises(NotSent):
        await MailCourier(settings, SetClock(NOW)).send(to(), CARD, "sv")


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # the whole connection is encrypted
@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_mail_goes_encrypted_to_a_server_that_proves_itself(
    mailbox: Mailbox, tmp_path: Path, security: str
) -> None:
    public, context = certificate(tmp_path)
    kind = (
        {"tls": context}
        if security == "tls"
        else {"tls_context": context, "require_starttls": True}
    )
    known = {"host": "localhost", "security": security, "user": "bot", "password": "right"}
    async with serving(
        mailbox, authenticator=authenticator, auth_required=True,
        auth_require_tls=security == "starttls", **kind,
    ) as port:  # fmt: skip
        await courier(port, certificate=str(public), **known).send(to(), Text("Hej"), "sv")
        with pytest.raises(NotSent):
            await courier(port, **known).send(to(), Text("Hej"), "sv")
        wrong = courier(port, certificate=str(public), **{**known, "password": "wrong"})
        with pytest.raises(Refused) as caught:
            await wrong.send(to(), Text("Hej"), "sv")
        assert caught.value.reason == "revoked"
    assert [each["Subject"] for each in mailbox.mails] == ["Hej"]


@pytest.mark.parametrize(
    "more",
    [{"host": "mail.skara.example"}, {"security": "ssl"}, {"sender": "a@x.example, b@x.example"},
     {"user": "bot"}],
)  # fmt: skip
def test_settings_that_cannot_work_are_refused_at_start(more: dict[str, str]) -> None:
    good = {"host": "localhost", "sender": "bot@x.example", "security": "none"}
    MailSettings(**good).check()
    with pytest.raises(SettingsError):
        MailSettings(**{**good, **more}).check()
