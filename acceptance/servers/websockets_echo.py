"""An echo with the package websockets."""
import asyncio
import os

import websockets


async def echo(websocket):
    while True:
        try:
            message = await websocket.recv()
        except websockets.ConnectionClosed:
            return
        await websocket.send(message)


async def main():
    server = await websockets.serve(echo, "127.0.0.1", int(os.environ["PORT"]))
    await server.serve_forever()


asyncio.run(main())
