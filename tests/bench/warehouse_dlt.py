"""Both hours through dlt into DuckDB by merge (upsert on the key); run by warehouse_beside.py.

python warehouse_dlt.py FOLDER arrow|dicts: prints seconds of the processor and rows, as JSON.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

import dlt
import pyarrow as pa
import pyarrow.parquet as pq

KEYS = {"headlines": "headline_id", "articles": "article_id"}


def read(path: Path) -> pa.Table:
    """A batch, its keys with a sign: dlt knows no others."""
    table = pq.read_table(path)
    for place, field in enumerate(table.schema):
        if field.type == pa.uint64():
            table = table.set_column(place, field.name, table[place].combine_chunks().view(pa.int64()))
    return table


def main() -> None:
    folder, form = Path(sys.argv[1]), sys.argv[2]
    seconds = []
    with tempfile.TemporaryDirectory() as home:
        store = dlt.destinations.duckdb(str(Path(home) / "beside.duckdb"))
        pipeline = dlt.pipeline("beside", destination=store, dataset_name="news", pipelines_dir=home)
        for number in (0, 1):
            tables = {name: read(folder / f"{name}{number}.parquet") for name in KEYS}
            given = {name: table if form == "arrow" else table.to_pylist() for name, table in tables.items()}
            merged = [
                dlt.resource(
                    one,
                    name=name,
                    primary_key=KEYS[name],
                    write_disposition={"disposition": "merge", "strategy": "upsert"},
                )
                for name, one in given.items()
            ]
            begun = time.process_time()
            pipeline.run(merged)
            seconds.append(time.process_time() - begun)
        with pipeline.sql_client() as client:
            rows = [client.execute_sql(f"select count(*) from {name}")[0][0] for name in KEYS]
    sys.stdout.write(json.dumps({"seconds": seconds, "rows": rows}) + "\n")


if __name__ == "__main__":
    main()
