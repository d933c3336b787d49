-- What wrk itself reports, as one line of JSON: wrk -s told.lua URL -- BODY
function init(args)
  if args[1] ~= nil and args[1] ~= "" then
    wrk.method = "POST"
    wrk.body = args[1]
    wrk.headers["Content-Type"] = "text/plain"
  end
end

function done(summary, latency)
  io.write(string.format('\n{"p90Ms":%f,"requests":%d,"downBytes":%d}\n', latency:percentile(90) / 1000, summary.requests, summary.bytes))
end
