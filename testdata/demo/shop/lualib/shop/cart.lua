-- A cart: lines of goods, discounts, and a total.
local _M = {}
_M.__index = _M

function _M.new(customer)
    return setmetatable({ customer = customer, lines = {} }, _M)
end

function _M:add(item, count)
    local lines = self.lines
    lines[#lines + 1] = { item = item, count = count }
end

local function line_price(line)
    local price = line.item.price * line.count
    if line.count >= 10 then
        price = price * 0.9
    end
    return price
end

_M.total = function(self)
    local sum = 0
    for i = 1, #self.lines do
        sum = sum + line_price(self.lines[i])
    end
    return sum
end

function _M:sorted()
    local copy = {}
    for i, line in ipairs(self.lines) do
        copy[i] = line
    end
    table.sort(copy, function(a, b)
        return a.item.name < b.item.name
    end)
    return copy
end

return _M
