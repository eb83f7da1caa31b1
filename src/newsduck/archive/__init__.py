"""Pages ⇄ WARC: every byte that was served, kept so that any tool can read it; the only importer of warcio.

Layout: `YYYY/MM/DD/<portal>-<run_id>-<part>.warc.gz` below the archive folder (the day, in UTC, of the part's
first record), WARC 1.1, each record a gzip member, at most 5,000 records a part. A part is written as
`….warc.gz.open` (locked) and renamed when all of it is on the disk; `salvage` closes what a crash left open.

In each file, in the order of writing:

1. `warcinfo`   software, run (isPartOf) and portal; its WARC-Date is the moment at which the file was begun.
2. `response`   one for each answer, errors and redirects too: headers as served, body unpacked. The headers
                that spoke of the packing get Common Crawl's prefix (`X-Crawl-Content-Encoding`), so that
                other tools do not unpack twice; `read` takes it off again. A `revisit` where the server
                said 304 (profile server-not-modified) or the last visit's very bytes came
                (identical-payload-digest); a `resource` for a local file. The field `Newsduck-Page` holds
                as JSON what WARC has no field for: `url` (asked for; WARC-Target-URI is the address that
                answered) and `elapsed_ms`.
3. `request`    what was asked, WARC-Concurrent-To its response.
4. `metadata`   one for each address and round, by `Writer.note`: application/json with `run_id`, `round`,
                `target` (items.Target), `outcome` (items.Outcome as fetching saw it) and `to_parse`.
                Outcomes without a page (robots, timeout …) are here only. With these the warehouse is
                rebuilt: `scan` yields them run by run, round by round. A task that was tried again noted
                its addresses twice: the later note counts.
"""

from newsduck.archive.keeping import Pruned, Salvaged, prune, salvage
from newsduck.archive.reader import read, scan_files
from newsduck.archive.scanning import Kept, scan
from newsduck.archive.writer import Writer

__all__ = ["Kept", "Pruned", "Salvaged", "Writer", "prune", "read", "salvage", "scan", "scan_files"]
