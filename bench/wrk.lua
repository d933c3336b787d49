-- wrk (github.com/wg/wrk) as a peer: POSTs the message that stands after `--` on its command line, and closes with a
-- line of JSON.
init = function(args)
  wrk.method = "POST"
  wrk.headers["content-type"] = args[1]
  wrk.body = args[2]
end

done = function(summary)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format('{"requests":%d,"seconds":%.6f,"failed":%d}\n',
    summary.requests, summary.duration / 1e6, failed))
end
