"""A chat with the package websockets, its clients in a set, each with a task of its own."""
import asyncio
import os
import signal

from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed

CLIENTS = set()


async def tell(client, message):
    try:
        await client.send(message)
    except ConnectionClosed:
        pass


async def handler(client):
    CLIENTS.add(client)
    try:
        async for message in client:
            for other in list(CLIENTS):
                await tell(other, message)
    except ConnectionClosed:
        pass
    finally:
        CLIENTS.remove(client)


async def main():
    stop = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set_result, None)
    async with serve(handler, "localhost", int(os.environ["PORT"])) as server:
        await stop
        server.close(close_connections=True)


asyncio.run(main())
