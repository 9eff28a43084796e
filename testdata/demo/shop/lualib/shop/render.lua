-- Pages out of templates: "{{name}}" is looked up and escaped.
local escapes = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }

local M = {
    escape = function(s)
        return (s:gsub('[&<>"]', escapes))
    end,
    filters = {
        money = function(n) return string.format("%.2f", n) end,
        ["upper case"] = function(s) return s:upper() end,
    },
}

function M.page(template, vars)
    return (template:gsub("{{([%w_]+)}}", function(name)
        return M.escape(tostring(vars[name] or ""))
    end))
end

local function
row_of(line)
    return M.page("<tr><td>{{name}}</td><td>{{count}}</td><td>{{price}}</td></tr>", {
        name = line.item.name, count = line.count, price = M.filters.money(line.item.price),
    })
end

function M.cart(cart)
    local out = {}
    for i, line in ipairs(cart:sorted()) do
        out[i] = row_of(line)
    end
    return M.page("<h1>{{who}}</h1>{{total}}", { who = cart.customer, total = M.filters.money(cart:total()) })
        .. table.concat(out)
end

return M
