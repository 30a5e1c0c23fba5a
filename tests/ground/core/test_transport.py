"""How mail leaves the house."""

from __future__ import annotations

import socketserver
import threading

import pytest
from django.core.mail import EmailMessage

from samskapa.ground.core.services import transport as module
from samskapa.ground.core.services.transport import Files, MailUrlNotUnderstood, Smtp, transport_for


def letter(subject="Hej"):
    return EmailMessage(subject, "Text å", "a@example.org", ["b@example.org"], headers={"Message-ID": "<1@here>"})


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://localhost", ("localhost", 25, "", "", False, False)),
        ("smtp://u%40x:p%3A@mail.example.org", ("mail.example.org", 587, "u@x", "p:", False, True)),
        ("smtp://mail.example.org:2525?starttls=no", ("mail.example.org", 2525, "", "", False, False)),
        ("smtps://u:p@mail.example.org", ("mail.example.org", 465, "u", "p", True, False)),
    ],
)
def test_an_smtp_address_says_host_port_person_and_encryption(url, expected):
    found = transport_for(url)

    assert isinstance(found, Smtp)
    assert (found.host, found.port, found.username, found.password, found.use_ssl, found.use_tls) == expected


@pytest.mark.parametrize("url", ["", "mail.example.org", "file://mail", "http://x/", "smtp://"])
def test_any_other_address_is_refused(url):
    with pytest.raises(MailUrlNotUnderstood):
        transport_for(url)


def test_a_letter_sent_again_is_the_same_file_and_nothing_else_lies_there(tmp_path):
    for subject in ["Hej", "Hej igen"]:
        transport_for(f"file://{tmp_path}/new").send(letter(subject))

    (path,) = (tmp_path / "new").iterdir()
    assert path.name == "1@here.eml"
    assert b"Subject: Hej igen" in path.read_bytes()


def test_a_letter_is_whole_or_not_there(tmp_path, monkeypatch):
    def cut(*args):
        raise OSError("the power went")

    monkeypatch.setattr(module.os, "replace", cut)
    with pytest.raises(OSError, match="power"):
        Files(tmp_path).send(letter())
    assert list(tmp_path.glob("*.eml")) == []

    monkeypatch.undo()
    Files(tmp_path).send(letter())
    assert [path.name for path in tmp_path.iterdir()] == ["1@here.eml"]


class Server(socketserver.StreamRequestHandler):
    """Just enough SMTP to take a letter."""

    def handle(self):
        say = lambda line: self.wfile.write(line + b"\r\n")  # noqa: E731
        say(b"220 here")
        in_data = False
        for raw in self.rfile:
            line = raw.rstrip(b"\r\n")
            self.server.lines.append(line)
            if in_data:
                in_data = line != b"."
                if not in_data:
                    say(b"250 kept")
            elif line.upper() == b"DATA":
                in_data = True
                say(b"354 go on")
            elif line.upper() == b"QUIT":
                say(b"221 bye")
                return
            else:
                say(b"250 ok")


def test_smtp_hands_the_letter_with_its_message_id_to_the_server():
    with socketserver.TCPServer(("127.0.0.1", 0), Server) as server:
        server.lines = []
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        transport_for(f"smtp://127.0.0.1:{server.server_address[1]}").send(letter())
        thread.join(timeout=5)

    assert b"Message-ID: <1@here>" in server.lines
    assert any(line.upper().startswith(b"RCPT TO:<B@EXAMPLE.ORG>") for line in server.lines)


def test_the_folder_of_letters_is_closed_to_others_on_the_machine(tmp_path):
    Files(tmp_path / "mail").send(letter())
    assert (tmp_path / "mail").stat().st_mode & 0o077 == 0
