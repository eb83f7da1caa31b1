"""The site of the fetch benchmark: fifty loopback hosts that answer each request after 50 ms.

`python fetch_site.py HOSTS LATENCY BYTES` prints its port and serves until its input ends.
"""

import asyncio
import sys


class Host(asyncio.Protocol):
    """Keep-alive HTTP/1.1 with one ready answer: as cheap as it can be, for it shares the machine."""

    latency = 0.05
    page = b""
    rules = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"

    def connection_made(self, transport):
        self.transport = transport
        self.data = b""

    def data_received(self, data):
        self.data += data
        while b"\r\n\r\n" in self.data:
            head, _, self.data = self.data.partition(b"\r\n\r\n")
            answer = self.rules if head.startswith(b"GET /robots.txt") else self.page
            asyncio.get_running_loop().call_later(self.latency, self.send, answer)

    def send(self, answer):
        if not self.transport.is_closing():
            self.transport.write(answer)


async def serve(hosts: int, latency: float, size: int) -> None:
    body = b"<!doctype html><html><body>" + b"<p>0123456789 abcdef</p>\n" * (size // 25) + b"</body></html>"
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
    Host.latency, Host.page = latency, head.encode() + body
    loop = asyncio.get_running_loop()
    first = await loop.create_server(Host, "127.0.0.2", 0, backlog=2000)
    port = first.sockets[0].getsockname()[1]
    for number in range(3, hosts + 2):
        await loop.create_server(Host, f"127.0.0.{number}", port, backlog=2000)
    print(port, flush=True)  # noqa: T201 - its caller reads it
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])))
