local M = {}

function M.get(key)
	return M.store[key]
end

local function sweep(now)
	for _, e in ipairs(M.list) do e.expired = e.time < now end
end

M.on_timer = function(now) sweep(now) end

function M.each(f)
	return pcall(function() for k, v in pairs(M.store) do f(k, v) end end)
end

return M
