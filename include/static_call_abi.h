/* SPDX-License-Identifier: MIT */
/*
 * static_call_abi.h - the layout that the plugin writes, the runtime reads and
 * the tools show. Programs include static_call.h instead.
 *
 * Every module (an executable, a shared object, a kernel module) that holds
 * keyed calls has these things:
 *
 *   static_call_key_sites    one struct static_call_key_site a call site
 *   static_call_key_records  one struct static_call_key_record a key that the
 *                            module calls through
 *   static_call_key_targets  one struct static_call_key_target a function with
 *                            a clobber set; most modules have none
 *   static_call_key_objects  one struct static_call_key_object a variable that
 *                            the module defines and that holds keys
 *   static_call_key_guards   one struct static_call_key_guard a function that is
 *                            inlined at a call site, under a guard
 *   static_call_key_bodies   one struct static_call_key_body a function that is
 *                            short enough to stand in a site
 *   static_call_key_offers   one struct static_call_key_offer a function that is
 *                            offered to a key
 *   static_call_key_dynamics one struct static_call_key_dynamic a call through no key
 *                            whose targets may be learned
 *   a module descriptor      struct static_call_key_module, which a constructor
 *                            of the module hands to the runtime, if there is one
 *
 * The section names are C identifiers, so that the linker makes the symbols
 * __start_… and __stop_… for them.
 *
 * A reader must refuse a record or descriptor whose version it does not know.
 * Unused flag bits and reserved fields are zero, and a reader that finds one
 * that is not must refuse it: it means something that the reader does not know.
 *
 * The file is included from C, from C++ (the plugin) and from kernel code.
 */
#ifndef STATIC_CALL_ABI_H
#define STATIC_CALL_ABI_H

#ifdef __KERNEL__
#include <linux/types.h>
#else
#include <stdint.h>
#endif

#define STATIC_CALL_KEY_ABI_VERSION      4

#define STATIC_CALL_KEY_SITES_SECTION    "static_call_key_sites"
#define STATIC_CALL_KEY_RECORDS_SECTION  "static_call_key_records"
#define STATIC_CALL_KEY_TARGETS_SECTION  "static_call_key_targets"
#define STATIC_CALL_KEY_OBJECTS_SECTION  "static_call_key_objects"
#define STATIC_CALL_KEY_GUARDS_SECTION   "static_call_key_guards"
#define STATIC_CALL_KEY_BODIES_SECTION   "static_call_key_bodies"
#define STATIC_CALL_KEY_OFFERS_SECTION   "static_call_key_offers"
#define STATIC_CALL_KEY_DYNAMICS_SECTION "static_call_key_dynamics"

/* In modules of the kernel: see struct static_call_key_room. */
#define STATIC_CALL_KEY_ROOM_SECTION     "static_call_key_room"
#define STATIC_CALL_KEY_COUNTS_SECTION   "static_call_key_counts"

/*
 * Not loaded, for static_call-check: strings "\tfile\tfunction\tvariable", as the symbol
 * table has them. The function, of the unit whose name is file, refers to a variable that
 * holds keys, and was compiled where their tags are seen. Without a function: the
 * unit's data may do so. Without a variable too: the unit has seen tags.
 */
#define STATIC_CALL_KEY_SEEN_SECTION     ".static_call_key_seen"

/*
 * A call site: five bytes, e8 rel32 (call) or e9 rel32 (jmp, a tail call), that
 * lie inside one naturally aligned quadword. As linked, the instruction leads
 * to the trampoline of its key.
 *
 *   instruction   (char *)&s->site + s->site
 *   record        ((char *)&s->record + s->record) & ~STATIC_CALL_KEY_SITE_FLAGS
 *   flags         ((char *)&s->record + s->record) & STATIC_CALL_KEY_SITE_FLAGS
 */
struct static_call_key_site {
	int32_t site;
	int32_t record;
};

#define STATIC_CALL_KEY_SITE_SIZE   8

/* A jmp: the call returns to our caller. */
#define STATIC_CALL_KEY_SITE_TAIL   0x01
/* Of a jmp: a bare ret may not stand here (-mfunction-return=thunk, -mharden-sls=return). */
#define STATIC_CALL_KEY_SITE_NO_RET 0x02
/* All bits that can hold flags, and those that this version defines. */
#define STATIC_CALL_KEY_SITE_FLAGS  0x3f
#define STATIC_CALL_KEY_SITE_KNOWN  0x03

/*
 * A key, as one module sees it. Several modules, and even one module, may have
 * records of the same key: the key is the address in .key, and every record
 * with that address follows it.
 *
 * The trampoline is code of the same module that jumps to what the key holds
 * at that moment; it uses flags and at most one register, of those that a call of
 * the key may change and that hold no argument (%r11, if it is one of them).
 *
 * .null_code: where a call of NULL ends up in a trampoline that knows what to do of it:
 * code of the same module that does nothing, or returns zero. 0: none, or not told.
 *
 * .clobbers: what a target of the key may change, and the callers in this module
 * do not rely on; see STATIC_CALL_KEY_CLOBBERS_... below.
 *
 * .offset, .object: where in its variable the key lies, and how long that is, as far
 * as this module knows.
 *
 * .initial, .initial_body: of a record that is PRELINKED, see struct static_call_key_module.
 */
struct static_call_key_record {
	uint16_t version;      /* STATIC_CALL_KEY_ABI_VERSION */
	uint16_t size;         /* STATIC_CALL_KEY_RECORD_SIZE */
	uint32_t flags;        /* STATIC_CALL_KEY_RECORD_... */
	uint64_t key;          /* address of the pointer */
	int32_t trampoline;    /* relative to the address of this field */
	int32_t name;          /* likewise; the key as the source has it: "ops.irq.save_fl" */
	uint64_t clobbers[2];  /* both 0: what the ABI allows */
	int32_t null_code;     /* relative to the address of this field, or 0 */
	int32_t initial;       /* what the sites lead to in the file, likewise; 0: NULL */
	uint32_t offset;       /* of the key in its variable */
	uint32_t object;       /* bytes of that; 0: not known */
	uint32_t initial_body; /* 1 + its number in the table of bodies; 0: none */
	uint32_t reserved;
};

#define STATIC_CALL_KEY_RECORD_SIZE          64 /* and its alignment */

/*
 * No program has objects below: such a key lies in a weak object that nobody
 * defined, and has no address.
 */
#define STATIC_CALL_KEY_LOWEST               65536

/* To call NULL is to do nothing, */
#define STATIC_CALL_KEY_RECORD_NOP_IF_NULL   0x01
/* ... and to return 0 in %rax, */
#define STATIC_CALL_KEY_RECORD_RETURNS_VALUE 0x02
/* ... and in %rdx too, which only the trampoline can do. */
#define STATIC_CALL_KEY_RECORD_RETURNS_WIDE  0x04
/* In the file the sites lead to .initial already. */
#define STATIC_CALL_KEY_RECORD_PRELINKED     0x08
#define STATIC_CALL_KEY_RECORD_KNOWN         0x0f

/*
 * A set of registers, two words: the first bit of each group, by 64 * word + bit,
 * and how many follow. Of a vector register (%zmm) the low 128 bits are meant; what
 * lies beyond, the flags and the x87 registers are changed by every call.
 */
#define STATIC_CALL_KEY_CLOBBERS_GPR         0  /* 16, as instructions number them */
#define STATIC_CALL_KEY_CLOBBERS_X87         16 /* 8: %st(i), %mmi */
#define STATIC_CALL_KEY_CLOBBERS_MASK        24 /* 8: %k0 ... %k7 */
#define STATIC_CALL_KEY_CLOBBERS_VECTOR      32 /* 32: %zmm0 ... %zmm31 */
#define STATIC_CALL_KEY_CLOBBERS_FLAGS       64
#define STATIC_CALL_KEY_CLOBBERS_APX         80 /* 16: %r16 ... %r31 */
/* In the second word: this is a set, be it empty. */
#define STATIC_CALL_KEY_CLOBBERS_KNOWN       0x8000000000000000

/*
 * A function that keeps all registers but those in .clobbers: defined so in this
 * module, or declared so and its address taken. A key with a set accepts no
 * other target, and of these only one whose set is part of its own.
 */
struct static_call_key_target {
	uint64_t target;      /* address */
	uint64_t clobbers[2]; /* never both 0 */
	uint64_t reserved;
};

#define STATIC_CALL_KEY_TARGET_SIZE 32

/* A variable that holds keys, be it that no call goes through them yet. */
struct static_call_key_object {
	uint64_t address;
	uint64_t size;
};

#define STATIC_CALL_KEY_OBJECT_SIZE 16

/*
 * A guard: a site that is no call, but decides what stands for one. Five bytes inside one
 * aligned quadword; as linked e9 rel32, to .slow: code that makes the call by way of an
 * ordinary site of the same key. While the key holds the function that one of the entries
 * of the guard tells of, the guard leads to .body instead: where that function is inlined.
 *
 *   instruction   (char *)&g->site + g->site
 *   record        ((char *)&g->record + g->record) & ~STATIC_CALL_KEY_GUARD_FLAGS
 *   flags         ((char *)&g->record + g->record) & STATIC_CALL_KEY_GUARD_FLAGS
 *   slow          (char *)&g->slow + g->slow
 *   function      *(uint64_t *)((char *)&g->target + g->target); NULL where .target is 0
 *   body          (char *)&g->body + g->body; where .body is 0, what follows the guard
 *
 * The entries of one guard follow each other, and all but the last have _MORE set;
 * .site, .record but for that flag, and .slow are the same in all.
 */
struct static_call_key_guard {
	int32_t site;
	int32_t record;
	int32_t slow;
	int32_t target;
	int32_t body;
};

#define STATIC_CALL_KEY_GUARD_SIZE  20

/* The next entry tells of the same guard. */
#define STATIC_CALL_KEY_GUARD_MORE  0x01
/* All bits that can hold flags, and those that this version defines. */
#define STATIC_CALL_KEY_GUARD_FLAGS 0x3f
#define STATIC_CALL_KEY_GUARD_KNOWN 0x01
/* At most so many entries tell of one guard. */
#define STATIC_CALL_KEY_GUARD_MAX   4

/*
 * A function whose code, but for its return, is .length bytes of .code: short enough, perhaps,
 * to stand in the five bytes of a call's site. Nothing of it depends on where it stands;
 * it uses no stack but what it pushes and pops itself. It is whoever writes the entry who
 * vouches for this; what instructions these are is for the reader to see.
 *
 *   function      (char *)&b->target + b->target
 */
struct static_call_key_body {
	int32_t target;
	uint8_t length; /* 0: the function does nothing */
	uint8_t code[15];
};

#define STATIC_CALL_KEY_BODY_SIZE 20

/*
 * A function that is offered to a key: static_call_key_select() lets the key hold the
 * function of the highest priority of those whose predicate is absent or returns not 0.
 * Compilers write these themselves, as STATIC_CALL_KEY_OFFER of static_call.h tells them to.
 */
struct static_call_key_offer {
	uint64_t key;    /* address of the pointer; 0: it is in a weak object that is not there */
	uint64_t target; /* address of the function; 0: likewise */
	uint64_t predicate; /* address of an int (void); 0: none */
	uint64_t key_name;  /* address of a string: the key, as the source has it */
	uint64_t name;      /* likewise, the function */
	int32_t priority;
	uint32_t reserved;
};

#define STATIC_CALL_KEY_OFFER_SIZE 48

/*
 * A dynamic call: one through a pointer that is no key. Its target is in %r10; the site has
 * the same two forms as one of a key, e8 or e9 and four bytes in one aligned quadword. As
 * linked it leads to code of the module that jumps to %r10, and that lets the runtime see the
 * call while .learn of the descriptor is not 0.
 *
 *   instruction   (char *)&d->site + d->site
 *   state         ((char *)&d->state + d->state) & ~STATIC_CALL_KEY_DYNAMIC_FLAGS
 *   flags         ((char *)&d->state + d->state) & STATIC_CALL_KEY_DYNAMIC_FLAGS
 *
 * The state is a struct static_call_key_state, which several sites may share if it has a name.
 */
struct static_call_key_dynamic {
	int32_t site;
	int32_t state;
};

#define STATIC_CALL_KEY_DYNAMIC_SIZE  8

/* A jmp: the call returns to our caller. */
#define STATIC_CALL_KEY_DYNAMIC_TAIL  0x01
/* All bits that can hold flags, and those that this version defines. */
#define STATIC_CALL_KEY_DYNAMIC_FLAGS 0x0f
#define STATIC_CALL_KEY_DYNAMIC_KNOWN 0x01

/*
 * What dynamic calls that are made in the same way have in common: how the module jumps to
 * %r10 (by a thunk, as -mindirect-branch has it, or not). Each of its fields is relative to
 * its own address.
 *
 * .entry: as linked, the sites without a name that are calls lead there. It knows the site by
 * the return address.
 *
 * .entry_known: likewise; who comes here has the address of the site in %r11, or the address of
 * the state + STATIC_CALL_KEY_STATE_SHARED. So do the sites that are jumps, and all of a state
 * with a name, by way of code of their own.
 *
 * .plain: jumps to %r10, and does no more.
 *
 * .name: of a state that is shared by all sites that refer to it; 0: each of them has its own.
 *
 * While .learn of the descriptor is not 0, .entry and .entry_known call what is there, with three words
 * on the stack, above the return address of that call: the address of this structure, or of the one
 * without a name that is like it; what %r11 held, or 0 for .entry; the return address of the site. The
 * function keeps all registers but %r11 and the flags.
 */
struct static_call_key_state {
	int32_t entry;
	int32_t entry_known;
	int32_t plain;
	int32_t name;
	uint32_t reserved[12];
};

#define STATIC_CALL_KEY_STATE_SIZE   64 /* and its alignment */
/* No site's address ends so: it may be odd, but lies in one quadword with four more bytes. */
#define STATIC_CALL_KEY_STATE_SHARED 4

/*
 * What a module tells the runtime. Hidden, one a module (a COMDAT group), in
 * writable data; the arrays are empty (start == stop, perhaps both 0) where
 * --gc-sections dropped every site.
 *
 * A tool that rewrites a linked file and moves code in it (BOLT) follows the addresses
 * in data, but not what is relative to an address: the tables still lead to where the
 * code was. Then .code and .code_here do not agree, and no site may be patched.
 *
 * A tool may change the linked file so that sites and guards have the form, in the file, that
 * the runtime gives them while the key holds what it is initialized with (static_call-prelink).
 * Records of such keys are then PRELINKED, and so is the module; .range_lo is 0 and .range_span
 * is its greatest value, so that every store that may change a key comes to the runtime, from
 * the first instruction of the program on: a module that is not registered is so then
 * (static_call_key_rt_store_unregistered()). For other users of the sites' bytes, what is in
 * the file is right only while the key holds that.
 */
struct static_call_key_module {
	uint16_t version;     /* STATIC_CALL_KEY_ABI_VERSION */
	uint16_t size;        /* sizeof(struct static_call_key_module) */
	uint32_t flags;       /* STATIC_CALL_KEY_MODULE_... */
	uint64_t sites_start; /* struct static_call_key_site[] */
	uint64_t sites_stop;
	uint64_t records_start; /* struct static_call_key_record[] */
	uint64_t records_stop;
	uint64_t runtime;       /* 0; the runtime's own while the module is registered */
	uint64_t targets_start; /* struct static_call_key_target[] */
	uint64_t targets_stop;
	uint64_t code;     /* address of a function of the module; 0: none is told */
	int32_t code_here; /* the same, relative to the address of this field */
	uint32_t reserved;
	uint64_t objects_start; /* struct static_call_key_object[] */
	uint64_t objects_stop;
	/*
	 * The runtime's own: all keys of the process lie in range_span bytes at
	 * range_lo; 0 and 0 as linked. Compiled code tests a store's address against
	 * it, as range_lo <= address < range_lo + range_span, before it calls the
	 * runtime. Its symbol is static_call_key_range.
	 */
	uint64_t range_lo;
	uint64_t range_span;
	uint64_t guards_start; /* struct static_call_key_guard[] */
	uint64_t guards_stop;
	uint64_t bodies_start; /* struct static_call_key_body[] */
	uint64_t bodies_stop;
	uint64_t offers_start; /* struct static_call_key_offer[] */
	uint64_t offers_stop;
	uint64_t dynamics_start; /* struct static_call_key_dynamic[] */
	uint64_t dynamics_stop;
	/* The runtime's own: what dynamic calls that are learning call; 0 as linked: nothing. */
	uint64_t learn;
	uint64_t room; /* address of a struct static_call_key_room; 0, as in programs: none */
};

#define STATIC_CALL_KEY_MODULE_SIZE  192
#define STATIC_CALL_KEY_MODULE_RANGE 96  /* the offset of .range_lo */
#define STATIC_CALL_KEY_MODULE_LEARN 176 /* the offset of .learn */

/*
 * What a module of the kernel sets apart for what its dynamic calls learn, as nothing can be
 * allocated near its code later: code, as linked no-ops that end in a jump to %r10, and zeroed data.
 */
struct static_call_key_room {
	uint64_t code_start;
	uint64_t code_stop;
	uint64_t data_start;
	uint64_t data_stop;
};

#define STATIC_CALL_KEY_ROOM_SIZE        32

/* There are records that are PRELINKED. */
#define STATIC_CALL_KEY_MODULE_PRELINKED 0x01
/* The runtime's own: it was registered, and is not any more. 0 in files. */
#define STATIC_CALL_KEY_MODULE_GONE      0x02
#define STATIC_CALL_KEY_MODULE_KNOWN     0x03

/*
 * The plugin writes these structures as text, field by field; the runtime reads them in
 * place, and the tools in files of unknown make. Wherever this file is included, the compiler
 * has to agree with what is written here.
 */
#ifdef __cplusplus
#define STATIC_CALL_ASSERT(condition) static_assert(condition, "layout of a table")
#else
#define STATIC_CALL_ASSERT(condition) __extension__ _Static_assert(condition, "layout of a table")
#endif
#define STATIC_CALL_ASSERT_AT(type, member, offset) \
	STATIC_CALL_ASSERT(__builtin_offsetof(struct static_call_key_##type, member) == (offset))
#define STATIC_CALL_ASSERT_SIZE(type, bytes) \
	STATIC_CALL_ASSERT(sizeof(struct static_call_key_##type) == (bytes))

STATIC_CALL_ASSERT_AT(site, site, 0);
STATIC_CALL_ASSERT_AT(site, record, 4);
STATIC_CALL_ASSERT_SIZE(site, STATIC_CALL_KEY_SITE_SIZE);

STATIC_CALL_ASSERT_AT(record, version, 0);
STATIC_CALL_ASSERT_AT(record, size, 2);
STATIC_CALL_ASSERT_AT(record, flags, 4);
STATIC_CALL_ASSERT_AT(record, key, 8);
STATIC_CALL_ASSERT_AT(record, trampoline, 16);
STATIC_CALL_ASSERT_AT(record, name, 20);
STATIC_CALL_ASSERT_AT(record, clobbers, 24);
STATIC_CALL_ASSERT_AT(record, null_code, 40);
STATIC_CALL_ASSERT_AT(record, initial, 44);
STATIC_CALL_ASSERT_AT(record, offset, 48);
STATIC_CALL_ASSERT_AT(record, object, 52);
STATIC_CALL_ASSERT_AT(record, initial_body, 56);
STATIC_CALL_ASSERT_AT(record, reserved, 60);
STATIC_CALL_ASSERT_SIZE(record, STATIC_CALL_KEY_RECORD_SIZE);

STATIC_CALL_ASSERT_AT(target, target, 0);
STATIC_CALL_ASSERT_AT(target, clobbers, 8);
STATIC_CALL_ASSERT_AT(target, reserved, 24);
STATIC_CALL_ASSERT_SIZE(target, STATIC_CALL_KEY_TARGET_SIZE);

STATIC_CALL_ASSERT_AT(object, address, 0);
STATIC_CALL_ASSERT_AT(object, size, 8);
STATIC_CALL_ASSERT_SIZE(object, STATIC_CALL_KEY_OBJECT_SIZE);

STATIC_CALL_ASSERT_AT(guard, site, 0);
STATIC_CALL_ASSERT_AT(guard, record, 4);
STATIC_CALL_ASSERT_AT(guard, slow, 8);
STATIC_CALL_ASSERT_AT(guard, target, 12);
STATIC_CALL_ASSERT_AT(guard, body, 16);
STATIC_CALL_ASSERT_SIZE(guard, STATIC_CALL_KEY_GUARD_SIZE);

STATIC_CALL_ASSERT_AT(body, target, 0);
STATIC_CALL_ASSERT_AT(body, length, 4);
STATIC_CALL_ASSERT_AT(body, code, 5);
STATIC_CALL_ASSERT_SIZE(body, STATIC_CALL_KEY_BODY_SIZE);

STATIC_CALL_ASSERT_AT(offer, key, 0);
STATIC_CALL_ASSERT_AT(offer, target, 8);
STATIC_CALL_ASSERT_AT(offer, predicate, 16);
STATIC_CALL_ASSERT_AT(offer, key_name, 24);
STATIC_CALL_ASSERT_AT(offer, name, 32);
STATIC_CALL_ASSERT_AT(offer, priority, 40);
STATIC_CALL_ASSERT_AT(offer, reserved, 44);
STATIC_CALL_ASSERT_SIZE(offer, STATIC_CALL_KEY_OFFER_SIZE);

STATIC_CALL_ASSERT_AT(dynamic, site, 0);
STATIC_CALL_ASSERT_AT(dynamic, state, 4);
STATIC_CALL_ASSERT_SIZE(dynamic, STATIC_CALL_KEY_DYNAMIC_SIZE);

STATIC_CALL_ASSERT_AT(state, entry, 0);
STATIC_CALL_ASSERT_AT(state, entry_known, 4);
STATIC_CALL_ASSERT_AT(state, plain, 8);
STATIC_CALL_ASSERT_AT(state, name, 12);
STATIC_CALL_ASSERT_AT(state, reserved, 16);
STATIC_CALL_ASSERT_SIZE(state, STATIC_CALL_KEY_STATE_SIZE);

STATIC_CALL_ASSERT_AT(module, version, 0);
STATIC_CALL_ASSERT_AT(module, size, 2);
STATIC_CALL_ASSERT_AT(module, flags, 4);
STATIC_CALL_ASSERT_AT(module, sites_start, 8);
STATIC_CALL_ASSERT_AT(module, sites_stop, 16);
STATIC_CALL_ASSERT_AT(module, records_start, 24);
STATIC_CALL_ASSERT_AT(module, records_stop, 32);
STATIC_CALL_ASSERT_AT(module, runtime, 40);
STATIC_CALL_ASSERT_AT(module, targets_start, 48);
STATIC_CALL_ASSERT_AT(module, targets_stop, 56);
STATIC_CALL_ASSERT_AT(module, code, 64);
STATIC_CALL_ASSERT_AT(module, code_here, 72);
STATIC_CALL_ASSERT_AT(module, reserved, 76);
STATIC_CALL_ASSERT_AT(module, objects_start, 80);
STATIC_CALL_ASSERT_AT(module, objects_stop, 88);
STATIC_CALL_ASSERT_AT(module, range_lo, STATIC_CALL_KEY_MODULE_RANGE);
STATIC_CALL_ASSERT_AT(module, range_span, 104);
STATIC_CALL_ASSERT_AT(module, guards_start, 112);
STATIC_CALL_ASSERT_AT(module, guards_stop, 120);
STATIC_CALL_ASSERT_AT(module, bodies_start, 128);
STATIC_CALL_ASSERT_AT(module, bodies_stop, 136);
STATIC_CALL_ASSERT_AT(module, offers_start, 144);
STATIC_CALL_ASSERT_AT(module, offers_stop, 152);
STATIC_CALL_ASSERT_AT(module, dynamics_start, 160);
STATIC_CALL_ASSERT_AT(module, dynamics_stop, 168);
STATIC_CALL_ASSERT_AT(module, learn, STATIC_CALL_KEY_MODULE_LEARN);
STATIC_CALL_ASSERT_AT(module, room, 184);
STATIC_CALL_ASSERT_SIZE(module, STATIC_CALL_KEY_MODULE_SIZE);

STATIC_CALL_ASSERT_AT(room, code_start, 0);
STATIC_CALL_ASSERT_AT(room, code_stop, 8);
STATIC_CALL_ASSERT_AT(room, data_start, 16);
STATIC_CALL_ASSERT_AT(room, data_stop, 24);
STATIC_CALL_ASSERT_SIZE(room, STATIC_CALL_KEY_ROOM_SIZE);

#undef STATIC_CALL_ASSERT_SIZE
#undef STATIC_CALL_ASSERT_AT
#undef STATIC_CALL_ASSERT

#endif /* STATIC_CALL_ABI_H */
