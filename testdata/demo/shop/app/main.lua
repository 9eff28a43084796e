-- The shop's day: customers search, fill carts and look at them.
local cart, render, search = require "shop.cart", require "shop.render", require "shop.search"

local words = { "red", "green", "large", "small", "teapot", "kettle", "spoon", "plate", "bowl", "lamp", "chair", "table" }
local goods, seed = {}, 42

local function random(n)
    seed = (seed * 1103515245 + 12345) % 2147483648
    return math.floor(seed / 65536) % n + 1
end

local function stock()
    for i = 1, 200 do
        local name = words[random(4)] .. " " .. words[4 + random(8)] .. " <no. " .. i .. ">"
        goods[i] = { name = name, price = random(9000) / 100 }
        search.add(goods[i])
    end
end

local function misspell(word)
    local at = random(#word)
    return word:sub(1, at - 1) .. "x" .. word:sub(at + 1)
end

local function visit(customer)
    local c = cart.new("customer & son no. " .. customer)
    for _ = 1, 20 do
        local word = search.nearest(misspell(words[random(#words)]))
        local hits = search.index[word]
        c:add(hits[random(#hits)], random(12))
    end
    return #render.cart(c)
end

local pipeline = loadstring([[
local visits, n = ...
local sum = 0
for i = 1, n do
  sum = sum + visits(i)
end
return sum]])

return function(days)
    stock()
    local bytes = 0
    for _ = 1, days do
        bytes = bytes + pipeline(visit, 50)
    end
    return bytes
end
