/* SPDX-License-Identifier: MIT */
/*
 * static_call.h - function pointers that are called directly.
 *
 *	#include <static_call.h>
 *
 *	int (*log_hook)(const char *) STATIC_CALL_KEY = log_to_stderr;
 *
 *	void work(void) { log_hook("hi"); }
 *	void swap(void) { static_call_key_update(&log_hook, log_to_file); }
 *
 * Built with gcc -fplugin=static_call, every call through log_hook becomes a
 * five-byte direct call, and static_call_key_update() retargets all of them,
 * each by one aligned store, while other threads run through them. Built
 * without the plugin, by any C11 or C++11 compiler, the same source makes plain
 * indirect calls and behaves the same.
 *
 * API:
 *	STATIC_CALL_KEY				tags a pointer, a struct or union
 *						member, a struct or an array
 *	STATIC_CALL_KEY_NOP_IF_NULL		the same; calling NULL does nothing
 *	STATIC_CALL_KEY_PURE, _CONST		the same; every target is pure or const,
 *						as of GCC's attributes of that name
 *						(_CONST: equal calls may become one even
 *						if the key is changed in between)
 *	STATIC_CALL_KEY_INLINE(fn, ...)		the same as STATIC_CALL_KEY, or beside one of
 *						the others; these functions, four at
 *						most, are inlined where the key is called
 *	STATIC_CALL_KEY_CLOBBERS("rax", ...)	on a function type: such functions change
 *						no register but these
 *	STATIC_CALL_KEY_THUNK(name, fn, "rax", ...)  such a function, that calls fn
 *	STATIC_CALL_KEY_BODY(fn, "instruction")	all that an assembly function does
 *	static_call_key_update(&key, fn)	store fn in key, retarget its sites
 *	static_call_key_update_many(changes, n)	several keys, one synchronisation
 *	static_call_key_sync(ptr, size)		keys in this memory were changed
 *	static_call_key_seal(&key)		no update any more
 *	STATIC_CALL_KEY_OFFER(key, fn, predicate, priority)  at file scope: a function
 *						that the key may hold
 *	static_call_key_select(&key)		the best of these that can be had
 *	static_call_key_verify()		count sites that are out of date
 *	static_call_key_query(&key, &info)	what is known of a key
 *	static_call_key_for_each(fn, data)	all keys
 *	static_call_key_for_each_site(&key, fn, data)	all sites of a key
 *	static_call_key_for_each_offer(&key, fn, data)	all that is offered to a key
 *	static_call_key_why(&key)		why are not all of them patched?
 *	static_call_key_runtime_present()	is the runtime linked?
 *	static_call_key_strerror(err)		a word for an error
 *
 * What can be tagged: a global or static variable of type pointer to function;
 * a member of that type in a struct or union (every object of that type with
 * static storage then holds a key); a variable of struct, union or array type
 * (all its function pointers are keys then). The runtime's name for a key is
 * the address of the pointer.
 *
 * The pointer stays the truth. As linked, a site calls a trampoline, which
 * jumps to whatever the pointer holds. The runtime (-lstatic_call) patches
 * sites to call the target itself. Without the runtime, or where the text
 * cannot be written, the program is correct and only not faster.
 *
 * Plain assignments to a key need no change: the plugin follows each store that
 * may change a key by a call that brings the sites up to date, at the latest before
 * the next call, asm statement, volatile or atomic access. Stores made by
 * code that was not compiled with the plugin (another library's memcpy, read(2)
 * into a struct of keys) need static_call_key_sync().
 *
 * Memory ordering. Whatever the updating thread wrote before
 * static_call_key_update() is visible to the new target when it is reached
 * through a patched site or a trampoline. During the update a call on another
 * thread reaches the old or the new target, never anything else. When the
 * update has returned 0, every call that starts later, on any thread, reaches
 * the new target; a call that had started before may still be running in the
 * old one, so do not free what the old target uses before you know that no
 * thread is in it.
 *
 * NULL. Calling a NULL key faults as in C. A test of the key and the call after
 * it, if (key) key(x), are two reads of the key: where another thread may set
 * the key to NULL in between, tag it STATIC_CALL_KEY_NOP_IF_NULL and drop the
 * test. Such a call returns 0 where the function returns an integer or a
 * pointer, and can only be built with the plugin; tools that only read the source
 * define STATIC_CALL_KEY_ANALYSIS_ONLY.
 *
 * Inlined targets. Where the unit shows what a key most likely holds (the only function in its
 * initializer, or in stores to it), or where STATIC_CALL_KEY_INLINE names functions, GCC may
 * inline them at the call, under a guard: five bytes that lead into the inlined code while
 * the key holds that function, and to a call otherwise. Guards are patched as calls are,
 * and all that is said here of calls holds of them. As of any inlined function, what
 * the inlined code reads of memory may be what its caller has read before.
 *
 * Registers. STATIC_CALL_KEY_CLOBBERS on the function type of a key, of a typedef or
 * of a function names the registers that a call may change, out of those that the ABI
 * lets it change; callers keep live values in all others, and a function that is
 * defined with it saves what it changes beyond. Return registers must be listed. Names
 * are those of asm statements, of any width, and the groups "sse", "x87" and "mask".
 * The flags, the x87 registers and all but the low 128 bits of a vector register are
 * changed by every call. To give such a pointer a function that may change more is an
 * error where types show it; static_call_key_update() returns -EOPNOTSUPP for targets
 * that no module of the process declares to keep what calls of the key keep. Give
 * other functions a STATIC_CALL_KEY_THUNK. Without the plugin all of this expands to
 * the functions themselves. In a program that is not position-independent, the address
 * of a shared library's function may be that of a stub which changes %r11 and, where
 * binding is lazy, %r10: list these, or link with -z now.
 *
 * Threads, signals, fork. All functions here may be called by any thread at any
 * time; updates serialise. They are not async-signal-safe: called from a
 * handler that interrupted one of them they return -EDEADLK and change nothing.
 * Plain stores to keys are allowed there: the interrupted function brings the
 * sites up to date before it returns, and until then calls, those of the handler
 * too, may reach the old target. Calling *through* a key is as safe as any call,
 * also in a handler. After fork() the child may update at once (but a child that
 * such a handler forks, not before the handler has returned).
 *
 * Errors are negative errno values; a failed call has changed nothing.
 */
#ifndef STATIC_CALL_H
#define STATIC_CALL_H

/*
 * Of a function that is written in assembly language, be it in a .S file or in a top-level
 * asm: all that it does before it returns. As the plugin tells of functions that GCC
 * compiles, so that a site may hold the instructions instead of a call:
 *
 *	native_irq_disable:				asm("my_seven: movl $7, %eax; ret");
 *		cli					STATIC_CALL_KEY_BODY(my_seven,
 *		ret						     "movl $7, %eax");
 *	STATIC_CALL_KEY_BODY(native_irq_disable, cli)
 *
 * It stands behind the function, in the same file. One instruction of at most five
 * bytes is used, or none (""); several only in sealed keys. Those that see the stack or
 * where they stand, or that lead elsewhere, are not used: see runtime/x86_64-body.c. More
 * than 15 bytes are an error, and so is a jump to a label, whose length may change yet.
 * Of a function that is not in the file the assembler finds out last: its error has the
 * name of the symbol.
 */
#ifdef __ASSEMBLER__
/* clang-format off */
#define STATIC_CALL_KEY_BODY(fn, ...) \
	.ifdef .Lstatic_call_body_start_##fn; \
	.error STATIC_CALL_KEY_STRING_(STATIC_CALL_KEY_BODY of fn: there is one already); \
	.else; \
	.set .Lstatic_call_body_needs_in_the_same_file_##fn, fn; \
	.pushsection static_call_key_bodies, "ao?", @progbits, \
		.Lstatic_call_body_needs_in_the_same_file_##fn; \
	.balign 4; \
	.long .Lstatic_call_body_needs_in_the_same_file_##fn - .; \
	.byte .Lstatic_call_body_end_##fn - .Lstatic_call_body_start_##fn; \
	.Lstatic_call_body_start_##fn: __VA_ARGS__; \
	.Lstatic_call_body_end_##fn:; \
	.if .Lstatic_call_body_end_##fn - .Lstatic_call_body_start_##fn <= 15; \
	.org .Lstatic_call_body_start_##fn + 15; \
	.else; \
	.error STATIC_CALL_KEY_STRING_(STATIC_CALL_KEY_BODY of fn: more than 15 bytes or a jump); \
	.endif; \
	.popsection; \
	.endif
#define STATIC_CALL_KEY_STRING_(...) #__VA_ARGS__
/* clang-format on */
#else

#if (defined(__GNUC__) || defined(__clang__)) && defined(__x86_64__) && !defined(__ILP32__) && \
	defined(__ELF__)
#define STATIC_CALL_KEY_STRINGIFIED_(text) #text
#define STATIC_CALL_KEY_STRING_(text)      STATIC_CALL_KEY_STRINGIFIED_(text)
/* clang-format off */
/* In the assembler's errors the line is the one of the source. */
#define STATIC_CALL_KEY_ASM_LINE_ \
	"\n# " STATIC_CALL_KEY_STRING_(__LINE__) " \"" __FILE__ "\" 1\n\t"
#define STATIC_CALL_KEY_ASM_END_ "\n# 0 \"\" 2\n"
#ifdef __clang__ /* whose assembler cannot tell here, and has words of its own later */
#define STATIC_CALL_KEY_BODY_FILL_(fn) \
	".org .Lstatic_call_body_start_" #fn " + 15; "
#else
#define STATIC_CALL_KEY_BODY_FILL_(fn) \
	".if .Lstatic_call_body_end_" #fn " - .Lstatic_call_body_start_" #fn " <= 15; " \
	".org .Lstatic_call_body_start_" #fn " + 15; " \
	".else; " \
	".error \"STATIC_CALL_KEY_BODY of " #fn ": more than 15 bytes or a jump\"; " \
	".endif; "
#endif
#define STATIC_CALL_KEY_BODY(fn, instructions) \
	__asm__(STATIC_CALL_KEY_ASM_LINE_ \
		".ifdef .Lstatic_call_body_start_" #fn "; " \
		".error \"STATIC_CALL_KEY_BODY of " #fn ": there is one already\"; " \
		".else; " \
		".set .Lstatic_call_body_needs_in_the_same_file_" #fn ", " #fn "; " \
		".pushsection static_call_key_bodies,\"ao\",@progbits," \
			".Lstatic_call_body_needs_in_the_same_file_" #fn "; " \
		".balign 4; " \
		".long .Lstatic_call_body_needs_in_the_same_file_" #fn " - .; " \
		".byte .Lstatic_call_body_end_" #fn " - .Lstatic_call_body_start_" #fn "; " \
		".Lstatic_call_body_start_" #fn ": " instructions STATIC_CALL_KEY_ASM_LINE_ \
		".Lstatic_call_body_end_" #fn ":; " \
		STATIC_CALL_KEY_BODY_FILL_(fn) \
		".popsection; " \
		".endif" STATIC_CALL_KEY_ASM_END_)
/* clang-format on */
#else
#define STATIC_CALL_KEY_BODY(fn, instructions)
#endif

#ifdef __KERNEL__
#include <linux/types.h>
#else
#include <stddef.h>
#include <stdint.h>
#endif

/*
 * The attributes exist where the plugin is loaded, and only there.
 * STATIC_CALL_KEY(name) is the kernel's own macro, and __static_call_key() one of
 * its functions; kernel code writes __static_call_keyed.
 */
#ifdef __has_attribute
#if __has_attribute(static_call_key)
#define STATIC_CALL_KEY_PLUGIN 1
#endif
/* Tells the plugin which functions these are. */
#if __has_attribute(static_call_key_api)
#define STATIC_CALL_KEY_API_(what) __attribute__((static_call_key_api(what)))
#endif
#endif
#ifndef STATIC_CALL_KEY_API_
#define STATIC_CALL_KEY_API_(what)
#endif

/*
 * See "Inlined targets" above. The functions have to be declared before.
 */
#if __STDC_VERSION__ >= 199901L || __cplusplus >= 201103L
#ifdef STATIC_CALL_KEY_PLUGIN
#define STATIC_CALL_KEY_ATTRIBUTE_INLINE_(...) __attribute__((static_call_key_inline(__VA_ARGS__)))
#else
#define STATIC_CALL_KEY_ATTRIBUTE_INLINE_(...)
#endif
#ifdef __KERNEL__
#define __static_call_keyed_inline STATIC_CALL_KEY_ATTRIBUTE_INLINE_
#else
#define STATIC_CALL_KEY_INLINE STATIC_CALL_KEY_ATTRIBUTE_INLINE_
#endif
#endif

/*
 *	int (*key)(int) STATIC_CALL_KEY_CLOBBERS("rax", "rdx") STATIC_CALL_KEY;
 *	STATIC_CALL_KEY_THUNK(quiet, loud, "rax", "rdx");  key = quiet;
 *
 * The thunk is a static function. Without the plugin its name stands for fn, which
 * must then have C linkage.
 */
#if __STDC_VERSION__ >= 199901L || __cplusplus >= 201103L
#ifdef STATIC_CALL_KEY_PLUGIN
#define STATIC_CALL_KEY_CLOBBERS(...) __attribute__((static_call_clobbers(__VA_ARGS__)))
#define STATIC_CALL_KEY_THUNK(name, fn, ...) \
	static __typeof__(fn) name           \
		__attribute__((static_call_thunk(fn), static_call_clobbers(__VA_ARGS__)))
#else
#define STATIC_CALL_KEY_CLOBBERS(...)
#define STATIC_CALL_KEY_THUNK(name, fn, ...) \
	static __typeof__(fn) name __attribute__((weakref(#fn)))
#endif
#endif

#ifdef STATIC_CALL_KEY_PLUGIN
#define STATIC_CALL_KEY_ATTRIBUTE_             __attribute__((static_call_key))
#define STATIC_CALL_KEY_ATTRIBUTE_NOP_IF_NULL_ __attribute__((static_call_key("nop_if_null")))
#define STATIC_CALL_KEY_ATTRIBUTE_PURE_        __attribute__((static_call_key("pure")))
#define STATIC_CALL_KEY_ATTRIBUTE_CONST_       __attribute__((static_call_key("const")))
#else
#define STATIC_CALL_KEY_ATTRIBUTE_
#define STATIC_CALL_KEY_ATTRIBUTE_PURE_
#define STATIC_CALL_KEY_ATTRIBUTE_CONST_
/*
 * A program that relies on this would fault without the plugin: do not build it. Tools
 * that read sources and make no program of them define STATIC_CALL_KEY_ANALYSIS_ONLY, if
 * they do not say by a macro of their own what they are.
 */
#if defined(STATIC_CALL_KEY_ANALYSIS_ONLY) || defined(__clang_analyzer__) || \
	defined(__COVERITY__) || defined(__cppcheck__) || defined(__INTELLISENSE__)
#define STATIC_CALL_KEY_ATTRIBUTE_NOP_IF_NULL_
#else
#define STATIC_CALL_KEY_ATTRIBUTE_NOP_IF_NULL_ \
	_Pragma("GCC error \"STATIC_CALL_KEY_NOP_IF_NULL needs gcc -fplugin=static_call\"")
#endif
#endif

#ifdef __KERNEL__
#define __static_call_keyed             STATIC_CALL_KEY_ATTRIBUTE_
#define __static_call_keyed_nop_if_null STATIC_CALL_KEY_ATTRIBUTE_NOP_IF_NULL_
#define __static_call_keyed_pure        STATIC_CALL_KEY_ATTRIBUTE_PURE_
#define __static_call_keyed_const       STATIC_CALL_KEY_ATTRIBUTE_CONST_
#else
#define STATIC_CALL_KEY             STATIC_CALL_KEY_ATTRIBUTE_
#define STATIC_CALL_KEY_NOP_IF_NULL STATIC_CALL_KEY_ATTRIBUTE_NOP_IF_NULL_
#define STATIC_CALL_KEY_PURE        STATIC_CALL_KEY_ATTRIBUTE_PURE_
#define STATIC_CALL_KEY_CONST       STATIC_CALL_KEY_ATTRIBUTE_CONST_
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Any function; converted to and from the real type by a cast. */
typedef void (*static_call_key_fn)(void);

/* One change of a batch: make *key, a pointer to function, point to fn. */
struct static_call_key_change {
	void *key;
	static_call_key_fn fn;
};

/* What is known of a key; strings live as long as the module that has the key. */
struct static_call_key_info {
	const void *key;           /* the address of the pointer */
	const char *name;          /* as the source spells it; NULL: not known */
	static_call_key_fn target; /* what the pointer holds now */
	size_t sites;              /* call sites in all loaded modules */
	size_t patched;            /* those that do not go through a trampoline */
	size_t stale;              /* sites and guards that do not lead to target */
	unsigned int flags;        /* STATIC_CALL_KEY_INFO_... */
};

#define STATIC_CALL_KEY_INFO_NOP_IF_NULL      0x01u /* a NULL target is a no-op */
#define STATIC_CALL_KEY_INFO_SEALED           0x02u /* see static_call_key_seal() */

/*
 * A call site, or a guard. Where likely targets of a call are inlined, a guard decides
 * between these and a slow path, in which the call itself stands: that is the site which
 * static_call_key_query() counts, and is seen beside the guard.
 */
struct static_call_key_site_info {
	const void *site;        /* the address of the five-byte instruction */
	const void *destination; /* where it leads; NULL: a NULL key that is a no-op; if
				  * _INLINED, the function whose inlined code it leads to; if
				  * _BODY, the function that is in the site itself */
	const char *name;        /* the key's name */
	unsigned int flags;      /* STATIC_CALL_KEY_SITE_INFO_... */
};

#define STATIC_CALL_KEY_SITE_INFO_TAIL        0x01u /* a tail call (jmp) */
#define STATIC_CALL_KEY_SITE_INFO_TRAMPOLINE  0x02u /* it calls the trampoline */
#define STATIC_CALL_KEY_SITE_INFO_STALE       0x04u /* not where its key points */
#define STATIC_CALL_KEY_SITE_INFO_UNPATCHABLE 0x08u /* not as the plugin writes it: left alone */
#define STATIC_CALL_KEY_SITE_INFO_GUARD       0x10u /* a guard, that leads to its slow path */
#define STATIC_CALL_KEY_SITE_INFO_INLINED     0x20u /* ... or to inlined code */
#define STATIC_CALL_KEY_SITE_INFO_BODY        0x40u /* what destination does is done here */

/* An offer; strings live as long as the module that offers. */
struct static_call_key_offer_info {
	const void *key;        /* the address of the pointer */
	const char *key_name;   /* as the offer spells it */
	const char *name;       /* likewise, the function */
	static_call_key_fn fn;  /* the function */
	int (*predicate)(void); /* NULL: it can always be had */
	int priority;
};

/*
 * The runtime's entry points. Weak: a program that is not linked with the
 * runtime links and works. Use the functions below instead.
 */
#if (defined(__GNUC__) || defined(__clang__)) && defined(__x86_64__) && !defined(__ILP32__) && \
	(defined(__ELF__) || defined(__KERNEL__))
#define STATIC_CALL_KEY_HAVE_RUNTIME_ 1
#ifdef STATIC_CALL_KEY_RUNTIME_SOURCE
#define STATIC_CALL_KEY_RT_
#else
#define STATIC_CALL_KEY_RT_ __attribute__((weak)) STATIC_CALL_KEY_API_("runtime")
#endif

struct static_call_key_module;

STATIC_CALL_KEY_RT_ int static_call_key_rt_set(void *key, static_call_key_fn fn);
STATIC_CALL_KEY_RT_ int static_call_key_rt_update_many(const struct static_call_key_change *changes,
						       size_t n);
STATIC_CALL_KEY_RT_ int static_call_key_rt_sync(const void *ptr, size_t size);
STATIC_CALL_KEY_RT_ int static_call_key_rt_seal(void *key);
STATIC_CALL_KEY_RT_ int static_call_key_rt_select(void *key);
STATIC_CALL_KEY_RT_ long static_call_key_rt_verify(void);
STATIC_CALL_KEY_RT_ int static_call_key_rt_query(const void *key,
						 struct static_call_key_info *info);
STATIC_CALL_KEY_RT_ int
static_call_key_rt_for_each(int (*fn)(const struct static_call_key_info *info, void *data),
			    void *data);
STATIC_CALL_KEY_RT_ int static_call_key_rt_for_each_site(
	const void *key, int (*fn)(const struct static_call_key_site_info *info, void *data),
	void *data);
STATIC_CALL_KEY_RT_ int static_call_key_rt_for_each_offer(
	const void *key, int (*fn)(const struct static_call_key_offer_info *info, void *data),
	void *data);
STATIC_CALL_KEY_RT_ int static_call_key_rt_why(const void *key);
STATIC_CALL_KEY_RT_ const char *static_call_key_rt_strerror(int err);

/*
 * For compiled code only: what the plugin's code calls. _store() follows a store
 * that may have changed a key; it cannot report, so where sites that were
 * patched cannot be brought up to date any more (text that became unwritable)
 * it writes one line to file descriptor 2 and stops the program by ud2, for
 * going on would call a function that the program has replaced. It preserves
 * errno, and does nothing quickly where no key lies in the range.
 */
STATIC_CALL_KEY_RT_ void static_call_key_rt_store(const void *ptr, size_t size);
/* The same, of a module that is not registered: it may be prelinked. */
STATIC_CALL_KEY_RT_ void
static_call_key_rt_store_unregistered(const void *ptr, size_t size,
				      struct static_call_key_module *module);
STATIC_CALL_KEY_RT_ int static_call_key_rt_register(struct static_call_key_module *module);
STATIC_CALL_KEY_RT_ void static_call_key_rt_unregister(struct static_call_key_module *module);
#endif

#ifndef STATIC_CALL_KEY_RUNTIME_SOURCE

/*
 * At file scope, in one file of a program:
 *
 *	STATIC_CALL_KEY_TEXT_NEVER_WRITABLE;
 *
 * Its code is not writable while it can be executed, not for a moment: what changes is replaced.
 * As STATIC_CALL=remap in the environment, but heard too where that is not, in programs with
 * more rights than their caller. See static_call(7) for what it costs.
 */
#if defined(STATIC_CALL_KEY_HAVE_RUNTIME_) && !defined(__KERNEL__)
#ifdef __cplusplus
#define STATIC_CALL_KEY_EXTERN_C_ extern "C"
#else
#define STATIC_CALL_KEY_EXTERN_C_ extern
#endif
#define STATIC_CALL_KEY_TEXT_NEVER_WRITABLE                                      \
	STATIC_CALL_KEY_EXTERN_C_ const char static_call_key_text_never_writable \
		__attribute__((visibility("default")));                          \
	const char static_call_key_text_never_writable __attribute__((used)) = 1
#else
#define STATIC_CALL_KEY_TEXT_NEVER_WRITABLE struct static_call_key_module
#endif

/*
 * A module may be prelinked, and not be registered, as neither its constructor nor anything else
 * has run yet, or after its destructor. What changes its keys has to see to that first; the plugin
 * writes this function beside the module's tables. Asked for without the plugin too: a profile
 * counts the same there, and other units of the module may have it.
 */
#if defined(STATIC_CALL_KEY_HAVE_RUNTIME_) && !defined(__KERNEL__)
extern void static_call_key_ready(void) __attribute__((weak, visibility("hidden")));
#define STATIC_CALL_KEY_READY_() ((void)(static_call_key_ready && (static_call_key_ready(), 1)))
#else
#define STATIC_CALL_KEY_READY_() ((void)0)
#endif

/* Is the runtime linked into the program? 1 or 0. Async-signal-safe. */
static inline int static_call_key_runtime_present(void)
{
#ifdef STATIC_CALL_KEY_HAVE_RUNTIME_
	return static_call_key_rt_set != NULL;
#else
	return 0;
#endif
}

/*
 * static_call_key_update() without its type check, for code that handles keys of
 * many types: *key, a pointer to function, becomes fn.
 */
STATIC_CALL_KEY_API_("update")
static inline int static_call_key_set(void *key, static_call_key_fn fn)
{
#if defined(__GNUC__) || defined(__clang__)
	typedef uintptr_t __attribute__((may_alias)) static_call_key_word;

#ifdef STATIC_CALL_KEY_HAVE_RUNTIME_
	if (static_call_key_rt_set) {
		STATIC_CALL_KEY_READY_();
		return static_call_key_rt_set(key, fn);
	}
#endif
	__atomic_store_n((static_call_key_word *)key, (uintptr_t)fn, __ATOMIC_RELEASE);
#else
	*(static_call_key_fn volatile *)key = fn;
#endif
	return 0;
}

/*
 * Make n changes, in the order given, with one text window and one
 * synchronisation of the cores. All or none: if one fails, nothing has changed.
 * A key may appear more than once; the last change of it stands. Other threads
 * may see the changes in any order while the call runs.
 *
 * Returns 0, or
 *	-EINVAL		a key is NULL or not aligned to a pointer
 *	-EDEADLK	called from a signal handler that interrupted the runtime; in the
 *			kernel, also where the caller may not sleep
 *	-EILSEQ		a site does not hold the bytes that the runtime left there
 *	-ETXTBSY	a debugger's breakpoint or a probe is on a site that is a no-op, as
 *			its key is NULL, on one that holds its function, or on a guard whose
 *			target is inlined behind it; its removal would undo the change
 *	-EOPNOTSUPP	the function may change registers that calls of the key keep:
 *			see STATIC_CALL_KEY_CLOBBERS
 *	-ENOMEM		no memory for the runtime's state, in the first call; or a limit
 *			(RLIMIT_DATA, number of mappings) does not let text be writable
 *	-EPERM		a key is sealed; or the system does not let the runtime have a
 *			state: neither MADV_WIPEONFORK nor getpid
 *	-EPROTO		another copy of the runtime, of a version that this one
 *			cannot share the keys with, was loaded before; or that cannot
 *			be told
 *	-EACCES, -EPERM, ...	what the kernel said when sites that were patched
 *			before were to be made writable; within the kernel, -EACCES: a
 *			key is in read-only memory, as __ro_after_init is after boot
 */
static inline int static_call_key_update_many(const struct static_call_key_change *changes,
					      size_t n)
{
	size_t i;

#ifdef STATIC_CALL_KEY_HAVE_RUNTIME_
	if (static_call_key_rt_update_many) {
		STATIC_CALL_KEY_READY_();
		return static_call_key_rt_update_many(changes, n);
	}
#endif
	for (i = 0; i < n; i++)
		static_call_key_set(changes[i].key, changes[i].fn);
	return 0;
}

/*
 * Bring the sites of every key that lies in size bytes at ptr up to date with
 * the pointers. Needed after a store that code compiled without the plugin made.
 * Returns 0 (also where no key lies there), or an error as
 * static_call_key_update_many(); then the sites still lead to the old targets.
 */
static inline int static_call_key_sync(const void *ptr, size_t size)
{
#ifdef STATIC_CALL_KEY_HAVE_RUNTIME_
	if (static_call_key_rt_sync) {
		STATIC_CALL_KEY_READY_();
		return static_call_key_rt_sync(ptr, size);
	}
#endif
	(void)ptr;
	(void)size;
	return 0;
}

/*
 * Seal a key: what it holds now, it holds from now on. Updates of it return -EPERM and
 * change nothing. A store that gives it another value is an error of the program, as one to
 * a read-only object would be: where the plugin follows the store, the runtime writes a line
 * that names the key to file descriptor 2 and stops the program; static_call_key_sync()
 * returns -EPERM. The same value may be stored again.
 *
 * The seal is on the address, for all modules: those too that are loaded later, be there
 * none yet that calls through the key. It goes when the module that defines the key is
 * unloaded. In exchange the sites may have forms that can never be left again.
 *
 * Returns 0, also for a key that is sealed already; -ENOSYS without the runtime, and
 * nothing is sealed then; -EINVAL: the key is NULL or not aligned to a pointer; or an error as
 * static_call_key_sync(): then sites do not lead to what the key holds, and it is not sealed.
 *
 * In the kernel, keys that are __ro_after_init are sealed when their memory becomes
 * read-only; updates of them return -EACCES, or -EPERM where it does not (rodata=off).
 */
static inline int static_call_key_seal(void *key)
{
#ifdef STATIC_CALL_KEY_HAVE_RUNTIME_
	if (static_call_key_rt_seal) {
		STATIC_CALL_KEY_READY_();
		return static_call_key_rt_seal(key);
	}
#endif
	(void)key;
	return -38; /* -ENOSYS */
}

/*
 * Let the key, or with NULL each key that functions are offered to, hold the best offer
 * that can be had: of those without a predicate, or whose predicate returns not 0, that of
 * the highest priority; of several, the one whose module came first. Where there is none,
 * the key stays as it is. See STATIC_CALL_KEY_OFFER.
 *
 * Modules that come and go select by themselves; this is for a program whose predicates have
 * changed their minds, or that wants back what it has changed itself.
 *
 * Returns 0; -ENOENT: nothing is offered to this key; -EPERM: it is sealed, and holds another
 * function; -ENOSYS without the runtime; or an error as static_call_key_update_many(). With
 * NULL sealed keys are passed over, and the first error of the others is returned.
 */
static inline int static_call_key_select(void *key)
{
#ifdef STATIC_CALL_KEY_HAVE_RUNTIME_
	if (static_call_key_rt_select) {
		STATIC_CALL_KEY_READY_();
		return static_call_key_rt_select(key);
	}
#endif
	(void)key;
	return -38; /* -ENOSYS */
}

/*
 * Count the sites that do not lead where their keys point: stores that nobody
 * synchronised, or text that was changed behind the runtime's back. Changes
 * nothing. Returns the number, 0 if all is well, or an error that means that the
 * runtime could not look: -EDEADLK, -ENOMEM, -EPERM or -EPROTO, as
 * static_call_key_update_many().
 */
static inline long static_call_key_verify(void)
{
#ifdef STATIC_CALL_KEY_HAVE_RUNTIME_
	if (static_call_key_rt_verify)
		return static_call_key_rt_verify();
#endif
	return 0;
}

/*
 * Fill in *info for the key at this address. Returns 0, -ENOENT if no loaded
 * module that the runtime knows calls through it, -ENOSYS without the runtime,
 * -EINVAL for NULL arguments, or -EDEADLK, -ENOMEM, -EPERM or -EPROTO, as
 * static_call_key_update_many().
 */
static inline int static_call_key_query(const void *key, struct static_call_key_info *info)
{
#ifdef STATIC_CALL_KEY_HAVE_RUNTIME_
	if (static_call_key_rt_query)
		return static_call_key_rt_query(key, info);
#endif
	(void)key;
	(void)info;
	return -38; /* -ENOSYS */
}

/*
 * Why are not all sites of the key patched? Returns 0 if they are, or one reason:
 *	-ECANCELED	the variable STATIC_CALL of the environment says off
 *	-ESTALE		the code was moved after it was linked (llvm-bolt): the tables of
 *			the module lead to where it was
 *	-EILSEQ		a site is not as the plugin writes it: a linker changed it, a
 *			debugger has a breakpoint there
 *	-ERANGE		the function is further away than a direct call reaches
 *	-ENODATA	the key is NULL, and calls of it are meant to fault
 *	-EAGAIN		a site or a guard is as it was linked, again (MADV_DONTNEED on text,
 *			a uprobe's removal); the next change of the key patches it
 *	-ENOENT		no loaded module that the runtime knows calls through it
 *	-EINVAL, -EFAULT	a module was refused for its tables, perhaps that of the key
 *	-ENOMEM		or for want of memory
 *	-EACCES, -EPERM, ...	what the kernel said when the sites were to be made writable
 *	-ENOSYS		the runtime is not linked
 * or an error as static_call_key_query(). With NULL for a key: why a module was
 * refused, the last one if there were several; 0 if none was. None of this is an
 * error of the program: such calls go the longer way, and reach what the key holds.
 */
static inline int static_call_key_why(const void *key)
{
#ifdef STATIC_CALL_KEY_HAVE_RUNTIME_
	if (static_call_key_rt_why)
		return static_call_key_rt_why(key);
#endif
	(void)key;
	return -38; /* -ENOSYS */
}

/*
 * Call fn for every key, in the order of their addresses, until it returns
 * something other than 0, which is then returned. Returns 0 at the end, or before
 * the first call of fn an error as static_call_key_query(), but for -ENOENT and
 * -EINVAL.
 *
 * No lock is held while fn runs: it may call all functions of this file, throw a C++
 * exception or longjmp(). *info is what was known just before. A key whose last
 * module is unloaded meanwhile, or whose first is loaded, may be seen or not.
 */
static inline int
static_call_key_for_each(int (*fn)(const struct static_call_key_info *info, void *data), void *data)
{
#ifdef STATIC_CALL_KEY_HAVE_RUNTIME_
	if (static_call_key_rt_for_each)
		return static_call_key_rt_for_each(fn, data);
#endif
	(void)fn;
	(void)data;
	return 0;
}

/*
 * The same for the sites of one key, in the order in which their modules were loaded;
 * -ENOENT if there is no such key.
 */
static inline int
static_call_key_for_each_site(const void *key,
			      int (*fn)(const struct static_call_key_site_info *info, void *data),
			      void *data)
{
#ifdef STATIC_CALL_KEY_HAVE_RUNTIME_
	if (static_call_key_rt_for_each_site)
		return static_call_key_rt_for_each_site(key, fn, data);
#endif
	(void)key;
	(void)fn;
	(void)data;
	return -2; /* -ENOENT */
}

/*
 * The same for what is offered to a key (STATIC_CALL_KEY_OFFER), in the order in which
 * static_call_key_select() tries it; -ENOENT if nothing is. With NULL: for each key that
 * something is offered to, in the order of their addresses.
 */
static inline int
static_call_key_for_each_offer(const void *key,
			       int (*fn)(const struct static_call_key_offer_info *info, void *data),
			       void *data)
{
#ifdef STATIC_CALL_KEY_HAVE_RUNTIME_
	if (static_call_key_rt_for_each_offer)
		return static_call_key_rt_for_each_offer(key, fn, data);
#endif
	(void)fn;
	(void)data;
	return key ? -2 : 0; /* -ENOENT */
}

/*
 * A sentence for a value that one of these functions returned; never NULL, not
 * to be freed. Async-signal-safe.
 */
static inline const char *static_call_key_strerror(int err)
{
#ifdef STATIC_CALL_KEY_HAVE_RUNTIME_
	if (static_call_key_rt_strerror)
		return static_call_key_rt_strerror(err);
#endif
	return err ? "the static_call runtime is not linked" : "no error";
}

#ifdef __cplusplus
} /* extern "C" */

/* Also where a header is included within extern "C". */
extern "C++" {

template <typename T> struct static_call_key_same_ {
	typedef T type;
};

/* See the C macro below. T points to functions: only such lvalues convert to it. */
template <typename T>
STATIC_CALL_KEY_API_("update")
static inline int static_call_key_update(T *key, typename static_call_key_same_<T>::type fn)
{
	(void)sizeof(static_cast<T>(**key));
	return static_call_key_set((void *)key, (static_call_key_fn)fn);
}

/*
 * An offer, laid out as struct static_call_key_offer. T points to functions, and what is
 * const cannot be offered anything.
 */
template <typename T> struct static_call_key_offer_ {
	T *key;
	T target;
	int (*predicate)(void);
	const char *key_name;
	const char *name;
	int priority;
	unsigned int reserved;
	static_assert(sizeof(static_cast<T>(*T())) != 0, "a key points to functions");
};
template <typename T> struct static_call_key_offer_<const T>;
template <typename T> static_call_key_offer_<T> static_call_key_offer_to_(T *key);

} /* extern "C++" */

#define STATIC_CALL_KEY_OFFER_TYPE_(key)  decltype(static_call_key_offer_to_(&(key)))
#define STATIC_CALL_KEY_OFFER_CONST_(key) 0

#else

/*
 * int static_call_key_update(T *key, T fn), T any pointer-to-function type:
 * store fn in *key and retarget all its call sites. fn may be NULL. The compiler
 * diagnoses a function of another type as it does in *key = fn. Errors and
 * guarantees are those of static_call_key_update_many().
 */
#define static_call_key_update(key, fn) \
	((void)sizeof(*(key) = (fn)), static_call_key_set((void *)(key), (static_call_key_fn)(fn)))

#define STATIC_CALL_KEY_OFFER_TYPE_(key) \
	struct {                         \
		__typeof__(key) *at;     \
		__typeof__(key) target;  \
		int (*predicate)(void);  \
		const char *key_name;    \
		const char *name;        \
		int priority;            \
		unsigned int reserved;   \
	}
/* 0, and an error where the key is const. */
#define STATIC_CALL_KEY_OFFER_CONST_(key) (0 * (unsigned int)sizeof(*(&(key)) = 0))

#endif

/*
 *	STATIC_CALL_KEY_OFFER(copy, copy_avx2, have_avx2, 20);
 *	STATIC_CALL_KEY_OFFER(copy, copy_sse2, 0, 10);
 *
 * At file scope, in any module: the key may hold this function, if int predicate(void)
 * returns not 0; the highest priority, an int, wins. The key is the variable, member or
 * element itself, and may be another module's; a weak one that nobody defines is offered
 * nothing. The compiler diagnoses a function of another type as it does in an assignment.
 *
 * When a module with offers is loaded, the runtime selects for the keys that it offers to;
 * in a program, and in libraries that it is linked with, before constructors other than
 * those of libraries have run. When a module is unloaded whose function a key holds, the
 * best of the rest takes its place, and what the key held first if there is none. A key
 * that the program has changed by itself since, by an update or a store, stays as it is in
 * both cases, but that it never keeps a function of a module that goes.
 *
 * Predicates are called without locks, perhaps several times, by any thread that loads,
 * unloads or selects, and may call all functions of this file. As one may run before
 * constructors, it calls __builtin_cpu_init() before __builtin_cpu_supports(). No module may
 * be unloaded by one thread while another selects among its offers.
 *
 * The variable STATIC_CALL of the environment forces a choice, for tests: offer:NAME for all
 * keys that a function of that name is offered to, offer:KEY=NAME for one, names being as
 * the source has them; several are separated by commas. A function whose predicate
 * returns 0 is not forced. With an empty NAME, nothing is selected when modules come.
 *
 * Without plugin or runtime offers have no effect: keys hold what they are initialized with.
 */
#ifdef __COUNTER__
#define STATIC_CALL_KEY_OFFER(key, fn, predicate, priority) \
	STATIC_CALL_KEY_OFFER_(__COUNTER__, key, #key, fn, #fn, predicate, priority)
#else
#define STATIC_CALL_KEY_OFFER(key, fn, predicate, priority) \
	STATIC_CALL_KEY_OFFER_(__LINE__, key, #key, fn, #fn, predicate, priority)
#endif
#define STATIC_CALL_KEY_OFFER_(n, key, key_name, fn, name, predicate, priority) \
	STATIC_CALL_KEY_OFFER_NUMBERED_(n, key, key_name, fn, name, predicate, priority)
#if defined(__GNUC__) || defined(__clang__)
#define STATIC_CALL_KEY_OFFER_NUMBERED_(n, key, key_name, fn, name, predicate, priority)           \
	static STATIC_CALL_KEY_OFFER_INIT_ STATIC_CALL_KEY_OFFER_TYPE_(                            \
		key) static_call_key_offer_##n STATIC_CALL_KEY_OFFER_PLACE_ = {                    \
		&(key), fn, predicate, key_name, name, priority, STATIC_CALL_KEY_OFFER_CONST_(key) \
	}
#else
#define STATIC_CALL_KEY_OFFER_NUMBERED_(n, key, key_name, fn, name, predicate, priority) \
	struct static_call_key_offer
#endif
#if defined(STATIC_CALL_KEY_PLUGIN) && defined(STATIC_CALL_KEY_HAVE_RUNTIME_)
/* Aligned, for GCC aligns large objects to more, if it may. Retained by lld too. */
#if __has_attribute(retain)
#define STATIC_CALL_KEY_OFFER_PLACE_ \
	__attribute__((section("static_call_key_offers"), used, retain, aligned(8)))
#else
#define STATIC_CALL_KEY_OFFER_PLACE_ \
	__attribute__((section("static_call_key_offers"), used, aligned(8)))
#endif
#else
#define STATIC_CALL_KEY_OFFER_PLACE_ __attribute__((unused))
#endif
#if defined(STATIC_CALL_KEY_PLUGIN) && defined(__cplusplus)
#define STATIC_CALL_KEY_OFFER_INIT_ __constinit
#else
#define STATIC_CALL_KEY_OFFER_INIT_
#endif

#endif /* STATIC_CALL_KEY_RUNTIME_SOURCE */

#endif /* !__ASSEMBLER__ */

#endif /* STATIC_CALL_H */
