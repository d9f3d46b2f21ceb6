#!/usr/bin/env python3
"""Makes ../pages/quarnpost.warc.gz from the page sources beside this file. Standard library only.

    python3 examples/talks/warc/make.py            writes the archive
    python3 examples/talks/warc/make.py --check    compares the records with the archive that is there

The archive is what a small crawler leaves: each record a gzip member of its own, no clock and no random numbers in it. The
records are compared unpacked, since two versions of zlib may pack the same bytes differently.
"""
import gzip
import hashlib
import io
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ARCHIVE = HERE.parent / "pages" / "quarnpost.warc.gz"
SITE = "https://quarnpost.example"

# A picture of one grey pixel: an archive holds more than pages.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636800000082008177cd72b60000000049454e44ae426082"
)


def record(kind, number, date, body, content_type, url=None):
    head = [
        ("WARC-Type", kind),
        ("WARC-Record-ID", f"<urn:uuid:00000000-0000-4000-8000-{number:012d}>"),
        ("WARC-Date", date),
        *([("WARC-Target-URI", url)] if url else []),
        ("Content-Type", content_type),
        ("Content-Length", str(len(body))),
    ]
    lines = "".join(f"{name}: {value}\r\n" for name, value in head)
    return f"WARC/1.0\r\n{lines}\r\n".encode() + body + b"\r\n\r\n"


def response(status, content_type, body, extra=()):
    head = [("Content-Type", content_type), *extra]
    if not any(name == "Transfer-Encoding" for name, _ in extra):
        head.append(("Content-Length", str(len(body))))
    lines = "".join(f"{name}: {value}\r\n" for name, value in head)
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def packed(data):
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0, filename="") as file:
        file.write(data)
    return out.getvalue()


def chunked(data, size=700):
    parts = [data[i : i + size] for i in range(0, len(data), size)]
    return b"".join(f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in parts) + b"0\r\n\r\n"


def source(name):
    return (HERE / name).read_bytes()


def fetched():
    """(path, time of the fetch, HTTP response) in the order of the crawl."""
    plain = "text/html; charset=utf-8"
    zipped = [("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]
    return [
        ("/robots.txt", "2026-03-16T05:00:01Z", response("200 OK", "text/plain", b"User-agent: *\nDisallow: /private/\n")),
        ("/2026/03/08/two-coffees", "2026-03-16T05:00:02Z", response("200 OK", plain, source("coffee.html"))),
        ("/img/pixel.png", "2026-03-16T05:00:03Z", response("200 OK", "image/png", PIXEL)),
        # This page does not name its charset; the server does.
        ("/2026/03/12/hall-aired", "2026-03-16T05:00:04Z", response("200 OK", "text/html; charset=windows-1252", source("hall.html"))),
        ("/2026/03/13/gone", "2026-03-16T05:00:05Z", response("404 Not Found", plain, source("missing.html"))),
        # The date of this page stands in its address alone.
        ("/2026/03/15/which-wednesday", "2026-03-16T05:00:06Z", response("200 OK", plain, chunked(packed(source("wednesday.html"))), zipped)),
    ]


def records():
    about = b"software: examples/talks/warc/make.py\r\nformat: WARC File Format 1.0\r\n"
    out = [record("warcinfo", 0, "2026-03-16T05:00:00Z", about, "application/warc-fields")]
    for number, (path, date, answer) in enumerate(fetched(), 1):
        ask = f"GET {path} HTTP/1.1\r\nHost: quarnpost.example\r\n\r\n".encode()
        out.append(record("request", 2 * number, date, ask, "application/http; msgtype=request", SITE + path))
        out.append(record("response", 2 * number + 1, date, answer, "application/http; msgtype=response", SITE + path))
    return out


def main():
    plain = records()
    if "--check" in sys.argv[1:]:
        same = gzip.decompress(ARCHIVE.read_bytes()) == b"".join(plain)
        print("the archive holds these pages" if same else f"{ARCHIVE.name} differs: run make.py", file=sys.stderr)
        sys.exit(0 if same else 1)
    ARCHIVE.write_bytes(b"".join(packed(part) for part in plain))
    digest = hashlib.sha256(b"".join(plain)).hexdigest()[:12]
    print(f"{ARCHIVE.name}: {len(plain)} records, {digest}", file=sys.stderr)


if __name__ == "__main__":
    main()
