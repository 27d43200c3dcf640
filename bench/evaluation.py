"""Every measurement of where and whether it worked, one after the other: ours beside the peer in the same run.

    .venv/bin/python bench/evaluation.py [synth] [panel] [hotspots] [placebo]

Each is a file of its own beside this one, with options of its own and the bounds it is held to; without a name all
but `placebo`, which takes ten minutes and wants to be told which counts: see its file.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
FILES = {
    "synth": "evaluation_synth.py",
    "panel": "evaluation_panel.py",
    "hotspots": "hotspots.py",
    "placebo": "evaluation_placebo.py",
}


def main(asked: list[str]) -> int:
    if unknown := [each for each in asked if each not in FILES]:
        sys.exit(f"There is no measurement called {unknown[0]}: choose from {', '.join(FILES)}.")
    failed = 0
    for name in asked or [each for each in FILES if each != "placebo"]:
        print(f"== {FILES[name]}", flush=True)
        failed |= subprocess.run([sys.executable, HERE / FILES[name]], check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
