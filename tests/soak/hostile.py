"""What a hostile client sends: values, bodies, headers and addresses, chosen by a seeded `Random`."""

from __future__ import annotations

import json
from random import Random
from urllib.parse import quote, urlencode

MARK = "<script>soak"

TEXTS = [
    f"{MARK}(1)</script>",
    f'"><img src=x onerror=alert(1)>{MARK}</script>',
    f"'; DROP TABLE core_auditentry; -- {MARK}",
    f"{{{{ 7*7 }}}}{{% debug %}}{MARK}",
    f"${{7*7}}#{{7*7}}<%= 7*7 %>{MARK}",
    f"</textarea>{MARK}(2)</script>",
    f"]]>{MARK}",
    f"javascript:{MARK}",
    "' OR '1'='1",
    "%s %d %(x)s {} {0} {x.__class__}",
    "\x00",
    "a\x00b",
    "\x01\x02\x08\x0b\x0c\x1b[31m\x7f",
    "\x85\x9f\u2028\u2029",
    "\ufffe\uffff\ufdd0",
    "\u202eabc\u202c\u2066\u2069\u200b\u200d\ufeff",
    "Čábbá Łukasz Đorđe 李小龙 😀👩🏽‍🚀",
    "é" * 500,
    "á" * 50 + "̷̡̛" * 50,
    "x" * 100_000,
    "ord " * 25_000,
    f"{MARK}" * 5_000,
    "\r\nBcc: offer@example.se\r\nSubject: soak",
    "rad ett\r\nrad två\n\n\n\rrad fyra",
    " ",
    "\u00a0\u3000",
    "",
    "null",
    "undefined",
    "None",
    "True",
    "[]",
    "../../../../etc/passwd",
    "=cmd|' /C calc'!A0",
    "19121212-1212",
    "https://example.se/" + "a" * 3000,
    "ulla@example.se",
    "a@" + "b" * 250 + ".se",
    "(" * 3000,
]
NUMBERS = [
    "0", "-1", "-0", "+7", "1", "2", "007", "3.5", "1,5", "1e308", "1e309", "-1e308", "NaN", "nan", "Infinity", "-inf",
    "9223372036854775807", "9223372036854775808", "-9223372036854775809", "2147483648", "18446744073709551616",
    "9" * 30, "9" * 5000, "0x10", "1_000", "٣٤", "½", "²", "१२", " 12 ", "12\n", "1 200 kr", "1e5",
]  # fmt: skip
DATES = [
    "0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "2026-13-01", "1970-01-01", "2020-01-01",
    "2026-1-1", "31/12/2027", "12/31/2027", "2027-12-31T00:00", "2027-W01", "-2027-01-01", "2027-12-31", "20271231",
    "i morgon", "٢٠٢٧-٠١-٠١", "2028-02-29",
]  # fmt: skip
VALUES = [*TEXTS, *NUMBERS, *DATES]
#: Header names and what is sent in them. The host is left out: it has tests of its own.
HEADERS: list[tuple[str, list[str]]] = [
    ("accept-language", ["xx-YY-zz;q=nan", "sv;q=1.5,en;q=-1", "*" * 500, "en", "é" * 10, ",,,;;;", "a" * 5000]),
    ("accept", ["text/html;q=x", "application/json", "*/*" * 200, ";;;", "image/webp"]),
    ("accept-encoding", ["gzip;q=nan", "br", "identity;q=0,*;q=0"]),
    ("referer", ["http://evil.example/", "http://testserver/" + MARK, "http://[::1", "//", "javascript:" + MARK]),
    ("origin", ["null", "http://evil.example", "http://testserver", "http://[bad"]),
    ("cookie", ["sessionid=" + "x" * 400, "csrftoken=;;;=", "django_language=xx", "django_language=" + MARK, "=;=;"]),
    ("hx-request", ["true", "false", "1", MARK]),
    ("hx-current-url", ["http://[::1", "%ff%fe", MARK, "http://testserver/" + "a" * 3000]),
    ("hx-target", [MARK, "#x"]),
    ("hx-current-url-uri-autoencoded", ["true"]),
    ("if-modified-since", ["nonsense", "Thu, 99 Foo 9999 99:99:99 GMT", "Mon, 01 Jan 0000 00:00:00 GMT"]),
    ("if-none-match", ['W/"' + "x" * 500 + '"', "*", '"', MARK]),
    ("range", ["bytes=0-", "bytes=-1--1", "bytes=9999999999999-1", "x"]),
    ("x-forwarded-for", ["1.2.3.4, " * 200, "::::", MARK]),
    ("x-forwarded-proto", ["https", "gopher"]),
    ("x-requested-with", ["XMLHttpRequest"]),
    ("x-http-method-override", ["DELETE"]),
    ("user-agent", ["", "x" * 8000, MARK]),
    ("content-encoding", ["gzip", "x"]),
    ("transfer-encoding", ["chunked"]),
]
IDS = ["0", "1", "2147483648", "9223372036854775807", "9223372036854775808", "9" * 40, "00000000000000000001"]
QUERY_NAMES = [
    "page", "area", "place", "contribution", "digital", "stage", "q", "next", "back", "igen", "step", "capacity",
    "role", "sort", "format", "lang", "cursor", "after", "id", "pk", "title",
]  # fmt: skip


def value(chance: Random) -> str:
    return chance.choice(VALUES)


def query(chance: Random, known: list[str]) -> str:
    """A query string; names that the page knows and others, some twice, some that are no UTF-8."""
    names = [*known, *QUERY_NAMES]
    pairs = [(chance.choice(names), value(chance)[:2000]) for _ in range(chance.randint(1, 4))]
    if chance.random() < 0.2:
        pairs.append((pairs[0][0], value(chance)[:2000]))
    text = urlencode(pairs, errors="surrogatepass")
    if chance.random() < 0.15:
        raw = ["%ff%fe", "%ED%A0%80", "%C0%AF", "%00", "%", "%zz", "&&&===", ";;", "%F5%80%80%80"]
        text += "&" + chance.choice(names) + "=" + chance.choice(raw)
    return text


def headers(chance: Random) -> dict[str, str]:
    """Now and then one or two odd headers."""
    if chance.random() > 0.25:
        return {}
    return {name: chance.choice(values) for name, values in chance.sample(HEADERS, chance.randint(1, 2))}


def with_other_ids(chance: Random, path: str) -> str:
    """The address with one of its parts replaced: another number, or nonsense."""
    parts = path.strip("/").split("/")
    places = [n for n, part in enumerate(parts) if any(c.isdigit() for c in part)] or [len(parts) - 1]
    wild = [*IDS, "-1", "1.5", "abc", "%00", "%ff", "%2e%2e", quote(MARK), quote("ö" * 50), "a" * 2000, "1;drop", "٣"]
    parts[chance.choice(places)] = chance.choice(wild)
    return "/" + "/".join(parts) + "/"


def body(chance: Random, pairs: list[tuple[str, str]]) -> tuple[bytes, str]:
    """The pairs as an odd request body, with its content type."""
    form = urlencode(pairs, errors="surrogatepass").encode()
    kind = chance.choice(
        ["form", "json", "plain", "broken multipart", "no boundary", "utf-16", "raw", "none", "xml", "many", "huge",
         "surrogates"]
    )  # fmt: skip
    match kind:
        case "form":
            return form, "application/x-www-form-urlencoded; charset=utf-8"
        case "json":
            return json.dumps(dict(pairs)).encode(), "application/json"
        case "plain":
            return form, "text/plain"
        case "broken multipart":
            return b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nhalf', "multipart/form-data; boundary=x"
        case "no boundary":
            return form, "multipart/form-data"
        case "utf-16":
            return form, "application/x-www-form-urlencoded; charset=utf-16"
        case "raw":
            name = chance.choice(pairs)[0] if pairs else "text"
            return (
                name.encode() + b"=\xff\xfe\xed\xa0\x80%ff%ed%a0%80%&=\x00&" + form,
                "application/x-www-form-urlencoded",
            )
        case "none":
            return b"", chance.choice(["", "application/x-www-form-urlencoded", "multipart/form-data; boundary="])
        case "xml":
            return b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "text/xml"
        case "many":
            return b"&".join(b"a%d=1" % n for n in range(1200)), "application/x-www-form-urlencoded"
        case "huge":
            return b"text=" + b"x" * 3_000_000, "application/x-www-form-urlencoded"
        case _:
            name = chance.choice(pairs)[0] if pairs else "text"
            return form + f"&{name}=%ED%A0%80%ED%BF%BF".encode(), "application/x-www-form-urlencoded"
