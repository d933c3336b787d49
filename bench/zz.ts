import { serve } from '../src/serve.ts';
import { execFileSync } from 'node:child_process';
await using p = await serve('ws','echo',{host:'127.0.0.1',port:0,holdMs:25000,mailboxSilenceMs:60000,keepAliveTimeoutMs:60000,heartbeatMs:null,compression:false,resume:false,messageBytes:64});
const pre = (process.env.PRE ?? '').split(' ').filter(Boolean);
const extra = (process.env.EXTRA ?? '').split(' ').filter(Boolean);
for (let i=0;i<Number(process.env.N ?? 8);i++) for (const v of ['tapped','bare']) {
  const args=[...pre, process.execPath, ...extra,'--import','tsx','bench/echo-client.ts',v,'127.0.0.1',String(p.port)];
  const r = JSON.parse(execFileSync(args[0]!, args.slice(1)).toString());
  console.log(v.padEnd(7), (r.p50Ns/1e3).toFixed(1), r.perSecond.toFixed(0), (r.cpuNsPerMessage/1e3).toFixed(2));
}
