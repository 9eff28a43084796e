-- Search: an index of words, and a distance for what was misspelt.
local search = { index = {} }

local min = math.min

function search.distance(a, b)
    local row = {}
    for j = 0, #b do row[j] = j end
    for i = 1, #a do
        local before, diagonal = i, i - 1
        for j = 1, #b do
            local cost = a:byte(i) == b:byte(j) and 0 or 1
            local best = min(row[j] + 1, before + 1, diagonal + cost)
            diagonal, row[j - 1], before = row[j], before, best
        end
        row[#b] = before
    end
    return row[#b]
end

function search.add(item)
    for word in item.name:gmatch("%a+") do
        local found = search.index[word] or {}
        found[#found + 1] = item
        search.index[word] = found
    end
end

search["nearest"] = function(word)
    local best, nearest = math.huge, nil
    for known in pairs(search.index) do
        local d = search.distance(word, known)
        if d < best then best, nearest = d, known end
    end
    return nearest, best
end

return search
