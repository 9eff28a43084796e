local _M = {}
function _M.match(a, b)
	return a
end
local helper = function(x)
	return x
end
function _M.each(list)
	table.sort(list, function(a, b) return a < b end)
	local t = { ["k"] = function(z) return z end }
	return (function() return t end)()
end
table.sort({}, function(a, b) return a < b end)
return _M
