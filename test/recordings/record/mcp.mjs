/** The Model Context Protocol: streamable HTTP, which answers by event streams or JSON, and the older SSE transport. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { listening, pause } from '../stage.mjs';

export const packages = { '@modelcontextprotocol/sdk': '1.32.2', zod: '3.25.76' };

async function counter(count) {
  const { McpServer } = await import('@modelcontextprotocol/sdk/server/mcp.js');
  const { z } = await import('zod');
  const server = new McpServer({ name: 'recording', version: '1.0.0' });
  const input = { text: z.string(), steps: z.number() };
  server.registerTool(
    'echo',
    { inputSchema: input },
    async ({ text, steps }, { sendNotification, _meta }) => {
      count.sent++;
      for (let progress = 1; progress <= steps; progress++) {
        const params = { progressToken: _meta?.progressToken ?? 0, progress, total: steps };
        await sendNotification({ method: 'notifications/progress', params });
        // Beside its result in one read, a report would come too late for its callback.
        await pause(20);
      }
      return { content: [{ type: 'text', text }] };
    },
  );
  return server;
}

/** Three calls, the second with two reports of progress before its result; then a ping. */
async function talk({ count }, transport) {
  const { Client } = await import('@modelcontextprotocol/sdk/client/index.js');
  const client = new Client({ name: 'recorder', version: '1.0.0' });
  await client.connect(transport);
  for (const [text, steps] of [
    ['one', 0],
    ['two', 2],
    ['three', 0],
  ]) {
    const options = { onprogress: () => count.received++ };
    await client.callTool({ name: 'echo', arguments: { text, steps } }, undefined, options);
    count.received++;
  }
  await client.ping();
  count.pings.up++;
  await pause(50);
  return client;
}

const notes =
  'sent counts calls of a tool, received results and reports of progress; besides: initialize and its answer, notifications/initialized, ping and its answer';

const streamable = (enableJsonResponse, stream) => async (stage) => {
  const { StreamableHTTPServerTransport } = await import(
    '@modelcontextprotocol/sdk/server/streamableHttp.js'
  );
  const { StreamableHTTPClientTransport } = await import(
    '@modelcontextprotocol/sdk/client/streamableHttp.js'
  );
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: randomUUID, enableJsonResponse });
  await (await counter(stage.count)).connect(transport);
  const http = createServer((request, response) => transport.handleRequest(request, response));
  stage.after(() => {
    http.close();
    http.closeAllConnections();
  });
  const port = await stage.relay(await listening(http));
  const client = new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${port}/mcp`));
  const talker = await talk(stage, client);
  await client.terminateSession();
  await talker.close();
  return { library: 'MCP (streamable HTTP)', stream, notes };
};

export const recordings = {
  'mcp-streamable': streamable(false, 'event streams, one for each POST and one for a GET'),
  'mcp-streamable-json': streamable(true, 'JSON bodies, and an event stream for a GET'),
  'mcp-sse': async (stage) => {
    const { SSEServerTransport } = await import('@modelcontextprotocol/sdk/server/sse.js');
    const { SSEClientTransport } = await import('@modelcontextprotocol/sdk/client/sse.js');
    let transport;
    const http = createServer(async (request, response) => {
      if (request.method === 'POST') return transport.handlePostMessage(request, response);
      transport = new SSEServerTransport('/messages', response);
      await (await counter(stage.count)).connect(transport);
    });
    stage.after(() => {
      http.close();
      http.closeAllConnections();
    });
    const port = await stage.relay(await listening(http));
    const talker = await talk(stage, new SSEClientTransport(new URL(`http://127.0.0.1:${port}/sse`)));
    await talker.close();
    return {
      library: 'MCP (HTTP with SSE)',
      stream: 'one event stream; POSTs upwards',
      notes: `${notes}; the first event is named endpoint; POSTs are answered 202 with the body Accepted`,
    };
  },
};
