import hashlib
import hmac
import json
from urllib.parse import urlencode

import pytest

from adapters.slack.gate import CHECKS, PAYLOAD_CHECKS, Raw, Rejected, verify
from adapters.slack.settings import SlackSettings

NOW = 1_790_000_000
SETTINGS = SlackSettings("s3cret", "xoxb-1", "A1", frozenset({"T1"}))
GOOD = {"type": "event_callback", "api_app_id": "A1", "team_id": "T1", "event_id": "Ev1",
        "event": {"type": "message", "text": "hej"}}  # fmt: skip
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


def signed(body, *, stamp=str(NOW), secret="s3cret", kind=JSON, method="POST", **headers):
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    base = b"v0:" + stamp.encode() + b":" + body
    sign = "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    head = {"content-type": kind, "x-slack-request-timestamp": stamp, "x-slack-signature": sign}
    head |= {name.replace("_", "-"): value for name, value in headers.items()}
    return Raw(method, {k: v for k, v in head.items() if v is not None}, body, NOW)


def hostile():
    right = signed(GOOD).headers["x-slack-signature"]
    for value in (None, "", "v0=", right[:-1], right + "0", right.upper(), right[3:], "v1" + right[2:],
                  " " + right, right + " ", right + "\n", f"{right}\n{right}", "v0=" + "å" * 64,
                  "v0=" + "٣" * 64, "v0=" + "0" * 64, "v0=" + "g" * 64, "null", "v0=\x00" + right[4:]):  # fmt: skip
        yield "slack-sig", signed(GOOD, x_slack_signature=value)
    for secret in ("", "S3cret", "s3cret ", "other"):
        yield "slack-sig", signed(GOOD, secret=secret)
    for place in range(0, 60, 3):
        fine = signed(GOOD)
        body = bytearray(fine.body)
        body[place] ^= 1
        yield "slack-sig", Raw("POST", fine.headers, bytes(body), NOW)
    for stamp in ("", "0", "-1790000000", "+1790000000", "1790000000.0", " 1790000000", "1790000000 ",
                  "1_790_000_000", "17900000000", "٠" * 10, "179000000", "1e9", "nan", "0x6ab13b80"):  # fmt: skip
        yield "replay", signed(GOOD, stamp=stamp)
    for away in (-301, 301, -3600, 3600, -86400, 86400, -(10**8), 10**8):
        yield "replay", signed(GOOD, stamp=str(NOW + away))
    for name in ("GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "post"):
        yield "method", signed(GOOD, method=name)
    for coding in ("gzip", "deflate", "br", "identity", ""):
        yield "encoding", signed(GOOD, content_encoding=coding)
    for kind in (
        None,
        "",
        "text/plain",
        "text/json",
        "multipart/form-data",
        "application/xml",
        "*/*",
    ):
        yield "type", signed(GOOD, content_type=kind)
    command = urlencode({"command": "/traff", "team_id": "T1", "api_app_id": "A1"}).encode()
    yield "type", signed(command, kind="text/plain")
    yield "size", signed(json.dumps(GOOD).encode() + b" " * (1 << 20))
    for body in (b"", b"{", b"[]", b"[1,2]", b"1", b"null", b'"x"', b"{}", b"\xff\xfe", b"\xc3(", b"\xed\xa0\x80",
                 b"\xef\xbb\xbf{}", b'{"type":1}', b'{"type":null}', b"{'type':'x'}", b'{"type":"x",}',
                 b'{"type":"event_callback"}', b'{"type":"event_callback","event":[]}'):  # fmt: skip
        yield "malformed", signed(body)
    whole = json.dumps(GOOD)[:-1]
    for tail in (',"team_id":"T1"}', ',"a":NaN}', ',"a":Infinity}', ',"a":-Infinity}', ',"a":1e999}',
                 ',"a":' + "[" * 41 + "]" * 41 + "}", ',"a":' + "[" * 9999 + "}", ',"a":"\\ud800"}',
                 ',"a":{"b":1,"b":2}}', "}}", "}{", ',"a":"\x01"}', ',"a":' + "9" * 5000 + "}"):  # fmt: skip
        yield "malformed", signed((whole + tail).encode())
    for body in (b"payload=%7Bbad", b"payload=[1,2]", b"payload=", b"a=b", b"command", b"payload={}&payload={}",
                 b"command=/a&command=/b", b"payload=%FF", b"ssl_check=0", b"ssl_check=1&ssl_check=1", b"&&&"):  # fmt: skip
        yield "malformed", signed(body, kind=FORM)
    for team in (None, "", "T2", "t1", "T1 ", ["T1"], {"id": "T1"}, 1, True):
        yield "tenant", signed(GOOD | {"team_id": team})
    for app in (None, "", "A2", "a1", "A1 ", ["A1"], 1):
        yield "tenant", signed(GOOD | {"api_app_id": app})
    yield (
        "tenant",
        signed(
            urlencode({"command": "/traff", "team_id": "T2", "api_app_id": "A1"}).encode(),
            kind=FORM,
        ),
    )
    for more in (
        {"authorizations": 3},
        {"actions": 4},
        {"view": []},
        {"user": 1},
        {"trigger_id": {}},
    ):
        yield "shape", signed(GOOD | more)


HOSTILE = list(hostile())


def test_the_corpus_is_large_enough():
    assert len(HOSTILE) >= 120


@pytest.mark.parametrize(
    "case", HOSTILE, ids=[f"{name}-{n}" for n, (name, _) in enumerate(HOSTILE)]
)
def test_a_hostile_request_is_refused(case):
    with pytest.raises(Rejected) as caught:
        verify(case[1], SETTINGS)
    assert 400 <= caught.value.status < 500


@pytest.mark.parametrize("away", [-300, 0, 300])
def test_a_good_request_passes(away):
    assert verify(signed(GOOD, stamp=str(NOW + away)), SETTINGS) == GOOD


def test_a_command_and_an_action_pass():
    command = {"command": "/traff", "team_id": "T1", "api_app_id": "A1", "text": "hej å"}
    assert verify(signed(urlencode(command).encode(), kind=FORM), SETTINGS) == command
    action = {"type": "block_actions", "team": {"id": "T1"}, "api_app_id": "A1"}
    body = urlencode({"payload": json.dumps(action)}).encode()
    assert verify(signed(body, kind=FORM), SETTINGS) == action


@pytest.mark.parametrize("dropped", [*CHECKS, *PAYLOAD_CHECKS], ids=lambda check: check.__name__)
def test_without_any_one_check_something_hostile_gets_through(dropped):
    checks = tuple(each for each in CHECKS if each is not dropped)
    rest = tuple(each for each in PAYLOAD_CHECKS if each is not dropped)
    passed = 0
    for _, raw in HOSTILE:
        try:
            verify(raw, SETTINGS, checks, rest)
            passed += 1
        except Rejected:
            pass
    assert passed
