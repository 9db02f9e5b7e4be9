-- Calls every function of every library and prints what comes back; what differs from machine to
-- machine is only looked at. At the end it names the functions that were never called.
local libraries = { string = string, table = table, math = math, io = io, os = os, utf8 = utf8,
                    coroutine = coroutine, debug = debug, package = package }
local older = "atan2 cosh frexp ldexp log10 pow sinh tanh "  -- some interpreters have them still
local never_called = {}

for name, library in pairs(libraries) do
    for key, original in pairs(library) do
        if type(original) == "function" and not older:find(key .. " ", 1, true) then
            local full = name .. "." .. key
            never_called[full] = true
            library[key] = function(...)
                never_called[full] = nil
                return original(...)
            end
        end
    end
end
local base_names = { "assert", "collectgarbage", "dofile", "error", "getmetatable", "ipairs", "load",
                     "loadfile", "next", "pairs", "pcall", "print", "rawequal", "rawget", "rawlen",
                     "rawset", "require", "select", "setmetatable", "tonumber", "tostring", "type",
                     "warn", "xpcall" }

local folder = arg[1] or "/tmp"
local path = folder .. "/every-function.txt"
local function show(title, ...)
    local texts = table.pack(...)
    for i = 1, texts.n do texts[i] = tostring(texts[i]):gsub("^%S-:%d+: ", "") end
    io.write(title, ": ", table.concat(texts, " | "), "\n")
end

-- Base.
for _, name in ipairs(base_names) do assert(type(_G[name]) == "function", name) end
show("assert", pcall(assert, false, "no"))
show("error", pcall(error, "position", 0))
show("select", select("#", 1, nil, nil), select(-1, "a", "b"))
show("tonumber", tonumber("0x1p4"), tonumber("zz", 36), tonumber("1e"), tonumber(" 10 "))
show("load", load("local a, b = ... return a // b, a % b, a << 3, a ~ b")(-7, 2))
show("load, chunks", load(coroutine.wrap(function()
    for _, part in ipairs({ "return ", "1 +", " 2" }) do coroutine.yield(part) end
end))())
show("load, wrong", load("x = = 1", "=chunk"))
show("raw", rawequal("a", "a"), rawlen({ 1, 2 }), rawget(rawset({}, "k", 5), "k"))
show("next", next({}), next({ 10 }))
local object = setmetatable({}, { __name = "Object", __call = function(_, x) return x * 2 end,
                                  __len = function() return 9 end, __close = function() end,
                                  __concat = function() return "joined" end,
                                  __eq = function() return true end,
                                  __lt = function() return true end,
                                  __idiv = function() return "idiv" end,
                                  __index = function(_, key) return key .. "?" end })
show("metatable", object(21), #object, object .. 1, object < object, object // 1, object.some)
show("xpcall", xpcall(function() local x = nil; return x.field end,
                      function(message) return (message:gsub("^.-:%d+: ", "")) end))
show("collectgarbage", collectgarbage("count") > 0, collectgarbage("step") ~= nil,
     collectgarbage("incremental"), collectgarbage("isrunning"))
do
    local order = {}
    do
        local first <close> = setmetatable({}, { __close = function() order[#order + 1] = "first" end })
        local second <close> = setmetatable({}, { __close = function() order[#order + 1] = "second" end })
    end
    show("close", table.concat(order, " "))
end
for i = 3, 1, -1 do if i == 2 then goto done end end
::done::
warn("@on")

-- string
show("byte, char", string.byte("Baton", 1, -1), string.char(104, 105))
show("case", string.upper("größe"), string.lower("ABC"), string.reverse("abc"), string.len("a\0b"))
show("find", string.find("a.b.c", ".", 2, true), string.find("hello", "l+"), string.find("x", "y"))
show("match", string.match("2026-11-23", "(%d+)-(%d+)-(%d+)"), string.match("[[x]]", "%b[]"),
     string.match("THE (quick) fox", "%f[%a]%a+%f[%A]", 5))
for key, value in string.gmatch("a=1, b=2", "(%w+)=(%w+)") do show("gmatch", key, value) end
show("gsub", string.gsub("hello world", "o", { o = "0" }), string.gsub("abc", "%w", "%0%0", 2),
     string.gsub("abc", "", "-"))
show("format", string.format("%5d|%-5s|%05.1f|%x|%X|%o|%e|%g|%a|%c|%q|%i|%u|%%", 42, "ab", 3.14159, 255,
                             255, 8, 12345.678, 1e20, 0.5, 65, "q\"\n", -3, 7))
show("rep, sub", string.rep("ab", 3, ","), string.sub("Baton", -3, -2), string.sub("x", 5))
local packed = string.pack("<i1 >I2 =I4 z s1 d n !8 i8", -1, 0x1234, 7, "zero", "len", 1.5, 2.5, -9)
show("pack", #packed, string.unpack("<i1 >I2 =I4 z s1 d n !8 i8", packed))
show("packsize", string.packsize("<i4 i8 !8 d"))
show("dump", load(string.dump(function(x) return x + 1 end))(41))

-- table
local list = { 5, 2, 8, 1 }
table.sort(list, function(a, b) return a > b end)
table.insert(list, 1, 99)
table.insert(list, 0)
show("table", table.concat(list, ","), table.remove(list), table.remove(list, 1), #list,
     table.unpack(list, 2, 3))
show("move", table.concat(table.move({ 1, 2, 3 }, 1, 3, 2, { "a" }), " "), table.pack(nil, 2).n)
show("sort, wrong", pcall(table.sort, { 1, "x" }))

-- math
show("round", math.floor(-3.5), math.ceil(-3.5), math.modf(-3.25), math.abs(math.mininteger),
     math.tointeger(3.0), math.tointeger(3.5), math.type(1), math.type(1.0), math.type("1"))
show("functions", string.format("%.14g %.14g %.14g %.14g %.14g %.14g %.14g %.14g %.14g",
    math.sqrt(2), math.exp(1), math.log(10), math.log(8, 2), math.sin(1), math.cos(1), math.tan(1),
    math.asin(0.5), math.acos(0.5)))
show("angles", string.format("%.14g %.14g %.14g", math.atan(1, -1), math.deg(math.pi), math.rad(180)))
show("least", math.max(1, 5.5, 3), math.min(2, -1), math.fmod(7, -3), math.ult(1, -1), math.huge,
     -math.huge, math.maxinteger, math.pi)
show("division", 7 // -2, 7 % -2, -7 // 2.0, 7.5 % -2, 1 // 0.0, pcall(load("return 1 // 0")))
show("overflow", math.maxinteger + 1 == math.mininteger, 1 << 63, 1 << 64, 3 | 8, 5 & 6, ~0)
math.randomseed(7, 11)
local first = { math.random(0), math.random(100), math.random(-5, 5), math.random() }
math.randomseed(7, 11)
show("random", first[1] == math.random(0), first[2], first[3], string.format("%.10f", first[4]))

-- utf8
show("utf8", utf8.char(72, 228, 8364, 128011), utf8.len("häß€"), utf8.len("\xff"),
     utf8.codepoint("€", 1), utf8.offset("aä€", 3), #utf8.charpattern)
for position, code in utf8.codes("ä€") do show("codes", position, code) end

-- coroutine
local generator = coroutine.create(function(a)
    local b = coroutine.yield(a + 1)
    local c = coroutine.yield(b * 2, coroutine.isyieldable())
    error({ code = c })
end)
show("resume", coroutine.resume(generator, 1))
show("resume", coroutine.resume(generator, 10))
local _, failure = coroutine.resume(generator, 42)
show("failed", failure.code, coroutine.status(generator), coroutine.resume(generator))
show("running", select(2, coroutine.running()), coroutine.isyieldable())
show("wrap", coroutine.wrap(function(...) return select("#", ...) end)(nil, nil))
local closed = coroutine.create(function() coroutine.yield() end)
coroutine.resume(closed)
show("close", coroutine.close(closed), coroutine.status(closed))
local co = coroutine.wrap(function() return pcall(function() coroutine.yield("inside"); error("e", 0) end) end)
show("yield over pcall", co(), co())

-- io
local file = assert(io.open(path, "w+"))
show("io.type", io.type(file), io.type(42))
file:setvbuf("full", 1024)
file:write("first\n", 2, " ", 3.5, "\nthird line\nrest")
show("seek", file:seek("set", 6), file:read("n", "n"), file:read("l"), file:read("L"), file:read(2),
     file:read("a"), file:read("l"), file:seek("end"))
file:flush()
show("file", file:close(), io.type(file), pcall(file.read, file))
for line in io.lines(path, "L") do io.write("line: ", line) end
io.write("\n")
io.flush()
show("input", io.input(path) ~= nil, io.read("l"), io.read("n"), io.close(io.input()))
io.input(io.stdin)
local standard = io.output()
io.output(path)
io.write("replaced")
io.close(io.output())
io.output(standard)
show("replaced", io.open(path):read("a"))
show("open, wrong", io.open(folder .. "/none/such"))
show("open, mode", pcall(io.open, path, "z"))
local pipe = assert(io.popen("echo from a pipe; exit 3"))
show("popen", pipe:read("a"), pipe:close())
local written = assert(io.popen("cat > " .. path, "w"))
written:write("through cat")
show("popen, w", written:close(), io.open(path):read("a"))
local temporary = io.tmpfile()
temporary:write("gone at the end")
temporary:seek("set")
show("tmpfile", temporary:read("a"), temporary:close())

-- os
show("time", os.time({ year = 2026, month = 2, day = 30, hour = 12 }), os.date("!%c", 0),
     os.date("!%A %d %B %Y %H:%M:%S %j %p", 86399), os.date("!*t", 86400).day)
show("difftime", os.difftime(10, 4), os.clock() >= 0, os.time() > 1600000000)
show("getenv", os.getenv("EVERY_FUNCTION"), os.getenv("NO_SUCH_NAME"))
show("execute", os.execute(), os.execute("exit 7"))
show("execute, killed", os.execute("kill -9 $$"))
local other = os.tmpname()
show("rename", os.rename(path, other), os.remove(other), (select(3, os.remove(other))))
show("setlocale", os.setlocale("C"))

-- package, require, dofile, loadfile
local module_path = folder .. "/every_module.lua"
local module = assert(io.open(module_path, "w"))
module:write("local name, place = ... return { name = name, place = place ~= nil }")
module:close()
package.path = folder .. "/?.lua"
show("require", require("every_module").name, require("every_module") == package.loaded.every_module,
     package.searchpath("every_module", package.path) == module_path, #package.searchers,
     type(package.preload), #package.config)
show("require, none", (select(2, pcall(require, "no.such")):match("module 'no.such' not found")))
show("loadlib", package.loadlib("/no/such.so", "*") == nil)
show("dofile", dofile(module_path).place, loadfile(module_path)("n").name, (loadfile("/no/such")))
os.remove(module_path)

-- debug
local function traced(a, b)
    local c = a + b
    show("getlocal", debug.getlocal(2, 1), debug.getlocal(2, 3))
    show("setlocal", debug.setlocal(2, 3, 100), c)
    local info = debug.getinfo(2, "nSlutf")  -- the wrapper is between
    show("getinfo", info.name, info.what, info.nparams, info.isvararg, info.nups > 0, info.func == traced)
end
traced(1, 2)
local up, down = 1, 2
local function closure() return up, down end
local function another() return down end
show("upvalues", debug.getupvalue(closure, 1), debug.setupvalue(closure, 1, 10), up,
     debug.upvalueid(closure, 2) == debug.upvalueid(another, 1))
debug.upvaluejoin(closure, 1, another, 1)
show("upvaluejoin", closure())
show("metatables", debug.getmetatable("").__index == string, debug.setmetatable(10, nil),
     type(debug.getregistry()))
show("uservalue", debug.getuservalue(io.stdout, 1), pcall(debug.setuservalue, 1, 2))
local count = 0
debug.sethook(function() count = count + 1 end, "", 10)
for _ = 1, 1000 do end
show("gethook", select("#", debug.gethook()) == 3)
debug.sethook()
show("hook", count > 10, (debug.traceback("trace", 1):match("^trace\nstack traceback:")))
never_called["os.exit"] = nil      -- comes last
never_called["debug.debug"] = nil  -- reads what a person types
show("cstacklimit", debug.setcstacklimit(200) ~= nil)

local left = {}
for name in pairs(never_called) do left[#left + 1] = name end
table.sort(left)
show("never called", table.unpack(left))
os.exit(true, true)
