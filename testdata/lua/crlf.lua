local M = {}
function M.crlf()
end

M.tail = function() end