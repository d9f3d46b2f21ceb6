"""What the program reads in texts, as the lines that it prints. Standard library only.

The program is $CHANCERY (default ../target/release/chancery)."""
import json, os, subprocess, tempfile
from pathlib import Path

PROGRAM = os.environ.get("CHANCERY", str(Path(__file__).resolve().parent / "../target/release/chancery"))


def events(texts):
    """The `event` lines of each text."""
    return read(texts, "event")


def read(texts, kind, *flags):
    """The lines of a kind of each text, with flags of `chancery read`."""
    with tempfile.TemporaryDirectory() as d:
        listed = Path(d) / "list.jsonl"
        with open(listed, "w", encoding="utf8") as f:
            for n, text in enumerate(texts):
                path = Path(d) / f"{n}.txt"
                path.write_bytes(text.encode("utf8"))
                f.write(json.dumps({"path": str(path)}) + "\n")
        command = [PROGRAM, "read", "--jsonl", "--quiet", "--whole", "--only", kind, *flags, "--list", str(listed)]
        out = subprocess.run(command, stdout=subprocess.PIPE, check=False).stdout.decode("utf8")
    found = [[] for _ in texts]
    for line in out.splitlines():
        line = json.loads(line)
        if line["kind"] == kind:
            found[int(Path(line["source"]).stem)].append(line)
    return found
