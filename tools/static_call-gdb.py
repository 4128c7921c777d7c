# SPDX-License-Identifier: GPL-2.0-or-later
#
# For gdb, of running programs and of core files:
#
#	info static-calls		the keys of the program, and what their sites do now
#	info static-calls REGEXP	those whose names match, with each site
#
# and where gdb shows instructions (gdb 13 and newer), behind each that is a site the name of its
# key, and what it does now.
#
# Nothing is called in the program, and nothing of the runtime needs debug information: what is
# read is the tables that the plugin has written (static_call_abi.h), found by the names of their
# sections, and the bytes of the sites. Forms are those of x86_64.h, dynamic calls' code that of
# x86_64-block.h; static_call-check --pid says the same from outside.

import os
import re
import struct

import gdb

ABI_VERSION = 4
RECORD_SIZE = 64
MODULE_SIZE = 192
LOWEST_KEY = 65536
BLOCK_MAX = 192
TARGETS_MAX = 6

# Of a site: STATIC_CALL_KEY_SITE_..., of a record: ..._RECORD_..., of a guard: ..._GUARD_...
SITE_TAIL, SITE_NO_RET, SITE_FLAGS = 0x01, 0x02, 0x3f
RECORD_NOP_IF_NULL, RECORD_RETURNS_VALUE = 0x01, 0x02
GUARD_MORE, GUARD_FLAGS = 0x01, 0x3f
DYNAMIC_FLAGS = 0x0f
MODULE_GONE = 0x02

CALL, JMP, TEST, RET, INT3, PREFIX = 0xe8, 0xe9, 0xa9, 0xc3, 0xcc, 0x2e

FORMS = ["direct", "body", "no-op", "inlined", "slow path", "trampoline", "stale", "breakpoint"]
STATES = ["as linked", "learned", "given up", "odd"]


def memory(address, size):
    """These bytes, or None."""
    try:
        return bytes(gdb.selected_inferior().read_memory(address, size))
    except (gdb.error, OverflowError, ValueError):
        return None


def word(address):
    data = memory(address, 8)
    return struct.unpack("<Q", data)[0] if data else None


def text(address):
    """A string of the program, of a length that names have."""
    found = b""
    while len(found) < 4096:
        more = memory(address + len(found), 1)
        if not more or more == b"\0":
            break
        found += more
    return "".join(chr(c) if 0x20 <= c < 0x7f else "\\x%02x" % c for c in found)


def where(address):
    """What lies there, as "function+0x12"."""
    if not address:
        return "NULL"
    found = gdb.execute("info symbol %#x" % address, to_string=True)
    match = re.match(r"(.+?)(?: \+ (\d+))? in section ", found)
    if not match:
        return "%#x" % address
    offset = int(match.group(2) or 0)
    return match.group(1) + ("+%#x" % offset if offset else "")


class Module:
    """A file with tables: the program, or a library."""

    def __init__(self, name, sections):
        self.name = name
        self.sections = sections
        self.records = {}

    def table(self, name):
        lo, hi = self.sections.get("static_call_key_" + name, (0, 0))
        return lo, memory(lo, hi - lo) if hi > lo else b""

    def holds(self, address):
        return any(lo <= address < hi for lo, hi in self.sections.values())

    def descriptor(self):
        """Its address, and what it says; it is found by the table that it names."""
        lo, at = self.sections.get("static_call_key_sites", (0, 0))[0], 8
        if not lo:
            lo, at = self.sections.get("static_call_key_dynamics", (0, 0))[0], 160
        first, last = self.sections.get(".data", (0, 0))
        wanted = struct.pack("<Q", lo)
        data = memory(first, last - first) if last > first else None
        start = data.find(wanted) if data else -1
        while start >= 0:
            found = data[start - at:start - at + MODULE_SIZE] if start >= at else b""
            if len(found) == MODULE_SIZE and \
               struct.unpack_from("<HH", found) == (ABI_VERSION, MODULE_SIZE):
                return first + start - at, found
            start = data.find(wanted, start + 1)
        return 0, bytes(MODULE_SIZE)

    def registered(self):
        """The state of the runtime that has it; or 0."""
        found = self.descriptor()[1]
        flags, runtime = struct.unpack_from("<I", found, 4)[0], struct.unpack_from("<Q", found, 40)[0]
        return 0 if flags & MODULE_GONE else runtime

    def refusal(self):
        """Why its sites are left alone, if the runtime's debug information is there to tell."""
        try:
            state = gdb.lookup_type("struct scrt_state").pointer()
            registry = gdb.Value(self.registered()).cast(state)["registry"]
            for i in range(int(registry["nmodules"])):
                module = registry["modules"][i]
                if int(module["desc"]) == self.descriptor()[0] and module["degraded"]:
                    return "refused: " + os.strerror(-int(module["why"]))
        except gdb.error:
            pass
        return None


class Record:
    """A key, as one module sees it."""

    def __init__(self, module, address, data):
        version, size, self.flags, self.key, trampoline, name = \
            struct.unpack_from("<HHIQii", data)
        null_code = struct.unpack_from("<i", data, 40)[0]
        self.module = module
        self.known = version == ABI_VERSION and size == RECORD_SIZE
        self.trampoline = address + 16 + trampoline
        self.null_code = address + 40 + null_code if null_code else 0
        self.name = text(address + 20 + name) if name else "(no name)"


class Site:
    """Five bytes: of a call, or a guard with what it may lead to."""

    def __init__(self, address, record, flags):
        self.address = address
        self.record = record
        self.tail = bool(flags & SITE_TAIL)
        self.no_ret = bool(flags & SITE_NO_RET)
        self.slow = None
        self.entries = []

    def branch(self, destination, opcode=None):
        """The form of a branch to there; None: it does not reach."""
        distance = destination - (self.address + 5)
        if not -1 << 31 <= distance < 1 << 31:
            return None
        if opcode is None:
            opcode = JMP if self.tail or self.slow is not None else CALL
        return bytes([opcode]) + struct.pack("<i", distance)


class Dynamic:
    """A call through no key."""

    def __init__(self, module, address, state):
        self.module = module
        self.address = address
        data = memory(state, 16)
        plain, name = struct.unpack_from("<ii", data, 8) if data else (0, 0)
        self.plain = state + 8 + plain
        self.name = text(state + 12 + name) if name else None


class Tables:
    """All that is known of the program, until it runs on."""

    def __init__(self):
        self.modules, self.sites, self.dynamics, self.bodies = [], [], [], {}
        for name, sections in self.files():
            if any(s in sections for s in ("static_call_key_records", "static_call_key_dynamics")):
                self.read(Module(name, sections))
        self.by_address = {site.address: site for site in self.sites}
        self.dynamic_by_address = {d.address: d for d in self.dynamics}
        self.registered = {m: m.registered() for m in self.modules}
        self.refusals = {m: m.refusal() for m in self.modules if self.registered[m]}

    @staticmethod
    def files():
        """Names and sections, where they are now, of the program and its libraries."""
        files, core = {}, False
        for line in gdb.execute("info files", to_string=True).splitlines():
            # Segments of a core file are no sections.
            if line.startswith("Local "):
                core = line.startswith("Local core")
            if core:
                continue
            match = re.match(r"\s+(0x[0-9a-f]+) - (0x[0-9a-f]+) is (\S+)(?: in (.*))?$", line)
            if match:
                lo, hi, section, name = match.groups()
                files.setdefault(name or "", {})[section] = int(lo, 16), int(hi, 16)
        program = gdb.current_progspace().filename
        return [(name or program or "the program", sections) for name, sections in files.items()]

    def read(self, module):
        self.modules.append(module)
        lo, data = module.table("records")
        for at in range(0, len(data or b"") - RECORD_SIZE + 1, RECORD_SIZE):
            record = Record(module, lo + at, data[at:at + RECORD_SIZE])
            if record.known:
                module.records[lo + at] = record
        self.read_sites(module)
        self.read_guards(module)
        self.read_bodies(module)
        lo, data = module.table("dynamics")
        for at in range(0, len(data or b"") - 7, 8):
            site, state = struct.unpack_from("<ii", data, at)
            self.dynamics.append(Dynamic(module, lo + at + site,
                                         (lo + at + 4 + state) & ~DYNAMIC_FLAGS))

    def read_sites(self, module):
        lo, data = module.table("sites")
        for at in range(0, len(data or b"") - 7, 8):
            site, record = struct.unpack_from("<ii", data, at)
            record += lo + at + 4
            found = module.records.get(record & ~SITE_FLAGS)
            if found:
                self.sites.append(Site(lo + at + site, found, record & SITE_FLAGS))

    def read_guards(self, module):
        lo, data = module.table("guards")
        guard = None
        for at in range(0, len(data or b"") - 19, 20):
            site, record, slow, target, body = struct.unpack_from("<iiiii", data, at)
            record += lo + at + 4
            found = module.records.get(record & ~GUARD_FLAGS)
            if guard is None and found:
                guard = Site(lo + at + site, found, SITE_TAIL)
                guard.slow = lo + at + 8 + slow
                self.sites.append(guard)
            if guard:
                guard.entries.append((lo + at + 12 + target if target else 0,
                                      lo + at + 16 + body if body else 0))
            if not record & GUARD_MORE:
                guard = None

    def read_bodies(self, module):
        lo, data = module.table("bodies")
        for at in range(0, len(data or b"") - 19, 20):
            target, length = struct.unpack_from("<iB", data, at)
            if length <= 5:
                self.bodies[lo + at + target] = data[at + 5:at + 5 + length]


# ---- what a site does

def is_body(site, body, form):
    if body is None:
        return False
    prefixed = bytes([PREFIX] * (5 - len(body))) + body
    if not site.tail:
        return form == (prefixed if body else site.branch(site.record.trampoline, TEST))
    if site.no_ret:
        return False
    if not body:
        return form == site.branch(site.record.trampoline, RET)
    return len(body) < 5 and form == (prefixed + bytes([RET]))[1:]


def does_nothing(site, form):
    record = site.record
    if not record.flags & RECORD_NOP_IF_NULL:
        return False
    if not record.flags & RECORD_RETURNS_VALUE and not site.no_ret:
        return form == site.branch(record.trampoline, RET if site.tail else TEST)
    return bool(record.null_code) and form == site.branch(record.null_code)


def why_trampoline(tables, site, value):
    if not value:
        return None if site.record.flags & RECORD_NOP_IF_NULL else "the key holds NULL"
    if not tables.registered[site.record.module]:
        return "the module is not registered with a runtime"
    if site.branch(value) is None:
        return "the target is out of reach"
    return tables.refusals[site.record.module] or "refused; STATIC_CALL=log tells why"


def judge_guard(site, form, value):
    for pointer, body in site.entries:
        target = word(pointer) if pointer else 0
        if target == value and \
           form == (site.branch(body) if body else site.branch(site.slow, TEST)):
            return "inlined"
    return "slow path" if form == site.branch(site.slow) else "stale"


def judge(tables, site, value):
    """One of FORMS, where it leads, and why it is not direct."""
    form = memory(site.address, 5)
    if form is None:
        return "stale", None, "it cannot be read"
    leads = None
    if form[0] in (CALL, JMP):
        leads = site.address + 5 + struct.unpack_from("<i", form, 1)[0]
    if form[0] == INT3:
        return "breakpoint", None, None
    if site.slow is not None:
        return judge_guard(site, form, value), leads, None
    if value and form == site.branch(value):
        return "direct", leads, None
    if is_body(site, tables.bodies.get(value) if value else None, form):
        return "body", None, None
    if not value and does_nothing(site, form):
        return "no-op", None, None
    if form == site.branch(site.record.trampoline):
        return "trampoline", leads, why_trampoline(tables, site, value)
    return "stale", leads, None


def read_block(address):
    """What code that was written for a dynamic call compares with, with hits; and misses."""
    size = BLOCK_MAX
    code = None
    while size and code is None:
        code = memory(address, size)
        size //= 2
    code, at, targets = (code or b"") + bytes(32), 0, []

    def counted():
        nonlocal at
        if code[at:at + 3] != b"\x48\xff\x05":
            return None
        at += 7
        return word(address + at + struct.unpack_from("<i", code, at - 4)[0])

    while len(targets) < TARGETS_MAX and at + 32 <= len(code):
        if targets and code[at:at + 2] == b"\x2e\x2e":
            at += 2
        if code[at:at + 3] == b"\x4c\x8d\x1d" and code[at + 7:at + 10] == b"\x4d\x39\xda":
            target = address + at + 7 + struct.unpack_from("<i", code, at + 3)[0]
            at += 10
        elif code[at:at + 3] == b"\x49\x81\xfa":
            target = struct.unpack_from("<i", code, at + 3)[0]
            at += 7
        else:
            break
        hits = None
        if code[at:at + 2] == b"\x75\x0c":
            at += 2
            hits = counted()
            at += 5
        elif code[at:at + 2] == b"\x0f\x84":
            at += 6
        else:
            # One target: the branch is for all others.
            return targets + [(target, None)], None, True
        targets.append((target, hits))
    misses = counted()
    jumps = code[at:at + 3] == b"\x41\xff\xe2" or code[at:at + 4] == b"\x3e\x41\xff\xe2" or \
        code[at] == JMP or code[at:at + 2] == b"\x83\x2d"
    return targets, misses, jumps


def judge_dynamic(dynamic):
    """One of STATES, targets with hits, misses."""
    form = memory(dynamic.address, 5)
    if form in (b"\x2e\x2e\x41\xff\xd2", b"\x2e\x2e\x41\xff\xe2"):
        # The jump that the call is without all this.
        return "given up", [], None
    if not form or form[0] not in (CALL, JMP):
        return "odd", [], None
    leads = dynamic.address + 5 + struct.unpack_from("<i", form, 1)[0]
    if leads == dynamic.plain:
        return "given up", [], None
    if dynamic.module.holds(leads):
        return "as linked", [], None
    targets, misses, jumps = read_block(leads)
    if targets:
        return "learned", targets, misses
    return ("given up" if jumps else "odd"), [], misses


# ---- the tables, as long as they are right

_tables = None


def forget(*_):
    global _tables
    _tables = None


def tables():
    global _tables
    if _tables is None:
        _tables = Tables()
    return _tables


for _event in ("new_objfile", "clear_objfiles", "free_objfile", "stop", "cont", "exited",
               "inferior_deleted", "memory_changed", "before_prompt"):
    if hasattr(gdb.events, _event):
        getattr(gdb.events, _event).connect(forget)


# ---- commands

def counts(forms, names):
    return ", ".join("%d %s" % (forms.count(name), name) for name in names if name in forms)


def print_site(site, judged):
    form, leads, why = judged
    line = "    %#x %s: %s" % (site.address, where(site.address), form)
    if form == "stale" and leads:
        line += ", leads to " + where(leads)
    print(line + (": " + why if why else ""))


def print_key(known, address, sites, each):
    name = sites[0].record.name
    value = word(address)
    if value is None:
        print("  %s at %#x cannot be read" % (name, address))
        return 0
    judged = [(site, judge(known, site, value)) for site in sites]
    forms = [j[0] for _, j in judged]
    print("  %s -> %s: %s" % (name, where(value), counts(forms, FORMS)))
    for site, j in judged:
        if each or j[0] == "stale":
            print_site(site, j)
    return forms.count("stale")


def print_dynamic(dynamic, judged):
    state, targets, misses = judged
    line = "    %#x %s%s: %s" % (dynamic.address, where(dynamic.address),
                                 " (%s)" % dynamic.name if dynamic.name else "", state)
    if targets:
        line += ": " + ", ".join(where(t) + (" %d" % hits if hits is not None else "")
                                 for t, hits in targets)
    print(line + (", others %d" % misses if misses is not None else ""))


def print_dynamics(dynamics, wanted):
    judged = [(d, judge_dynamic(d)) for d in dynamics]
    states = [j[0] for _, j in judged]
    hits = sum(hits or 0 for _, j in judged for _, hits in j[1])
    misses = sum(j[2] or 0 for _, j in judged)
    print("  dynamic calls: " + ", ".join("%d %s" % (states.count(s), s) for s in STATES) +
          ("; hit %.1f %%" % (100 * hits / (hits + misses)) if hits + misses else ""))
    shown = [(d, j) for d, j in judged
             if (j[0] == "learned" if wanted is None else wanted.search(d.name or where(d.address)))]
    for d, j in shown:
        print_dynamic(d, j)
    return len(shown)


class InfoStaticCalls(gdb.Command):
    """Call sites of function pointers, of a program compiled with gcc -fplugin=static_call.
Usage: info static-calls [REGEXP]
Without an argument, each key (a tagged function pointer), what it holds, and how many of its call
sites are direct calls of that, or something else; and calls that have learned their targets.
With one, the keys and the learned calls whose names match, and each of their sites."""

    def __init__(self):
        super().__init__("info static-calls", gdb.COMMAND_STATUS)

    def invoke(self, argument, from_tty):
        try:
            wanted = re.compile(argument) if argument else None
        except re.error as err:
            raise gdb.GdbError("info static-calls: %s: %s" % (argument, err))
        known = tables()
        if not known.modules:
            print("No file of this program has call sites that static_call knows.")
            return
        running = bool(gdb.selected_inferior().threads())
        for module in known.modules:
            print("  %s: %s" % (module.name, "not running" if not running else
                                "registered with a runtime" if known.registered[module] else
                                "not registered with a runtime"))
        keys = {}
        for site in known.sites:
            # In a file that is not loaded yet a key may have no address: its name will do.
            key = site.record.key if running else site.record.name
            if not running or key >= LOWEST_KEY:
                keys.setdefault(key, []).append(site)
        stale = shown = 0
        for key in sorted(keys):
            sites = keys[key]
            if wanted and not wanted.search(sites[0].record.name):
                continue
            shown += 1
            if running:
                stale += print_key(known, key, sites, wanted is not None)
            else:
                print("  %s: %d sites" % (sites[0].record.name, len(sites)))
        if running and known.dynamics:
            shown += print_dynamics(known.dynamics, wanted)
        if wanted and not shown:
            print("No key%s matches %s.%s" % (
                " and no dynamic call" if running and known.dynamics else "", argument,
                " Dynamic calls are looked at when it runs." if known.dynamics and not running else ""))
        if running and wanted is None:
            print("%d modules, %d keys, %d sites, %d stale" %
                  (len(known.modules), len(keys), sum(map(len, keys.values())), stale))


def about(address):
    """What stands behind an instruction that is a site; or None."""
    known = tables()
    site = known.by_address.get(address)
    if site:
        value = word(site.record.key) if gdb.selected_inferior().threads() else None
        kind = "guard of" if site.slow is not None else "key"
        form = "" if value is None else ": " + judge(known, site, value)[0]
        return "%s %s%s" % (kind, site.record.name, form)
    dynamic = known.dynamic_by_address.get(address)
    if dynamic:
        return "dynamic call%s: %s" % (" " + dynamic.name if dynamic.name else "",
                                       judge_dynamic(dynamic)[0])
    return None


try:
    import gdb.disassembler

    class SiteDisassembler(gdb.disassembler.Disassembler):
        """gdb's own, and what it does not know."""

        def __init__(self):
            super().__init__("static-calls")

        def __call__(self, info):
            try:
                said = about(info.address)
            except Exception:           # to show the instruction is what matters
                return None
            if said is None:
                return None
            plain = gdb.disassembler.builtin_disassemble(info)
            return gdb.disassembler.DisassemblerResult(plain.length,
                                                       "%s\t# %s" % (plain.string, said))

    gdb.disassembler.register_disassembler(SiteDisassembler(), "i386:x86-64")
except ImportError:
    pass                                # before gdb 13

InfoStaticCalls()
