"""Scrapy's part in the fetch benchmark: run by an interpreter that has Scrapy.

`python fetch_scrapy.py PORT HOSTS PAGES INTERVAL CONCURRENCY` prints pages, seconds, peak kilobytes, and
processor seconds.
"""

import resource
import sys
from time import perf_counter, process_time

import scrapy
from scrapy.crawler import CrawlerProcess

port, hosts, pages, interval, concurrency = (float(text) for text in sys.argv[1:])
read = []


class Reader(scrapy.Spider):
    """Asks for each page once."""

    name = "reader"

    async def start(self):
        for page in range(int(pages / hosts)):
            for host in range(2, int(hosts) + 2):
                yield scrapy.Request(f"http://127.0.0.{host}:{int(port)}/{page}.html")

    def parse(self, response):
        read.append(len(response.body))


process = CrawlerProcess(
    {
        "LOG_ENABLED": False,
        "ROBOTSTXT_OBEY": True,
        "DOWNLOAD_DELAY": interval,
        "RANDOMIZE_DOWNLOAD_DELAY": False,
        "CONCURRENT_REQUESTS": int(hosts * concurrency),
        "CONCURRENT_REQUESTS_PER_DOMAIN": int(concurrency),
        "TELNETCONSOLE_ENABLED": False,
        "COOKIES_ENABLED": True,
    }
)
process.crawl(Reader)
began, began_work = perf_counter(), process_time()
process.start()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(len(read), perf_counter() - began, peak, process_time() - began_work)  # noqa: T201 - its result
