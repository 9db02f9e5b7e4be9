-- Uses each of Lua's libraries and says which of them keep their promises.
local checks = {}

function checks.base()
    local object = setmetatable({}, { __index = function(_, name) return name .. "!" end })
    assert(object.any == "any!" and rawget(object, "any") == nil)
    assert(select("#", table.unpack({ 1, nil, 3 }, 1, 3)) == 3)
    local ok, message = pcall(error, { code = 7 })
    assert(not ok and message.code == 7)
    assert(load("return 6 * ...")(7) == 42)
    assert(not load("return ="))
    assert(tostring(2^53) == "9.007199254741e+15" and math.tointeger(2^53) == 9007199254740992)
    collectgarbage()
    assert(collectgarbage("count") < 1024)
end

function checks.coroutine()
    local function squares(count)
        return coroutine.wrap(function() for i = 1, count do coroutine.yield(i * i) end end)
    end
    local sum = 0
    for square in squares(100) do sum = sum + square end
    assert(sum == 338350)
    local failing = coroutine.create(function() error("on purpose") end)
    local ok, message = coroutine.resume(failing)
    assert(not ok and message:find("on purpose") and coroutine.status(failing) == "dead")
end

function checks.string()
    assert(("baton"):rep(3, "-") == "baton-baton-baton")
    assert(("key = value"):match("^(%w+)%s*=%s*(%w+)$") == "key")
    assert(("a,b,,c"):gsub(",", ";", 2) == "a;b;,c")
    assert(("%5.2f|%-5d|%q|%x"):format(math.pi, 42, "a\n", 255) == ' 3.14|42   |"a\\\n"|ff')
    assert(string.unpack("<I4 z", string.pack("<I4 z", 0xdeadbeef, "end")) == 0xdeadbeef)
end

function checks.table()
    local numbers = {}
    for i = 1, 10000 do numbers[i] = i * 7919 % 10007 end
    table.sort(numbers)
    for i = 2, #numbers do assert(numbers[i - 1] < numbers[i]) end
    assert(table.concat(table.move({ 1, 2, 3 }, 2, 3, 1), " ") == "2 3 3")
    assert(table.remove({ "a", "b" }) == "b" and table.pack(1, nil).n == 2)
end

function checks.math()
    assert(math.abs(math.sin(math.pi / 6) - 0.5) < 1e-15 and math.sqrt(2) ^ 2 - 2 < 1e-15)
    assert(math.floor(-2.5) == -3 and math.fmod(-7, 3) == -1 and -7 // 2 == -4)
    assert(math.maxinteger + 1 == math.mininteger and math.ult(1, -1))
    math.randomseed(42)
    local first = math.random(1000000)
    math.randomseed(42)
    assert(first == math.random(1000000))
end

function checks.utf8()
    assert(utf8.char(0x1f40b, 233) == "🐋é" and utf8.len("naïve") == 5 and not utf8.len("\xff"))
    for position, code in utf8.codes("é") do assert(position == 1 and code == 233) end
end

function checks.io()
    local path = "/libraries.txt"
    local file = assert(io.open(path, "w"))
    for i = 1, 1000 do file:write("line ", i, "\n") end
    assert(file:seek("cur") == 8893)
    file:close()
    local count = 0
    for line in io.lines(path) do count = count + 1; assert(line == "line " .. count) end
    assert(count == 1000)
    file = assert(io.open(path, "r+"))
    file:seek("set", 5)
    assert(file:read("n") == 1 and file:read("L") == "\n" and #file:read("a") == 8886)
    file:close()
    local none, message, code = io.open("/no/such/file")
    assert(not none and message == "/no/such/file: No such file or directory" and code == 2)
end

function checks.os()
    local from = "/libraries.txt"
    local to = "/renamed.txt"
    assert(os.rename(from, to) and not io.open(from) and os.remove(to) and not os.remove(to))
    assert(os.date("!%Y-%m-%d %H:%M:%S", 1735689600) == "2025-01-01 00:00:00")
    assert(os.time({ year = 2025, month = 1, day = 1, hour = 0 }) == 1735689600)
    assert(os.time() >= 0 and os.getenv("NO_SUCH_VARIABLE") == nil)
end

function checks.package()
    package.preload.example = function(name) return { name = name } end
    assert(require("example").name == "example" and require("example") == package.loaded.example)
    assert(not package.loadlib("/no/such/library.so", "*"))
end

function checks.debug()
    local info = debug.getinfo(checks.debug, "S")
    assert(info.short_src:find("libraries.lua") and info.what == "Lua")
    local calls = 0
    debug.sethook(function() calls = calls + 1 end, "c")
    tostring(1)
    debug.sethook()
    assert(calls >= 1 and debug.traceback("trace"):find("trace"))
end

for _, name in ipairs({ "base", "coroutine", "string", "table", "math", "utf8", "io", "os",
                        "package", "debug" }) do
    local ok, message = pcall(checks[name])
    print(name .. ": " .. (ok and "ok" or message))
end
