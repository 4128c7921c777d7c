/* SPDX-License-Identifier: MIT */
/* port-inline.h - the small functions of the port for the Linux kernel; see port.h. */
#ifndef STATIC_CALL_PORT_INLINE_H
#define STATIC_CALL_PORT_INLINE_H

#include <linux/kernel.h>
#ifndef CONFIG_UML
#include <asm/cpufeature.h>
#endif

#include "x86_64-body.h"

#pragma GCC visibility push(hidden)

bool scrt_text_never_runs(const struct scrt_module *m, uintptr_t site);

/*
 * Write a form to a site that is known to hold one of its own; for scrt_text_replace(), where
 * branch is explained. Nobody else writes meanwhile.
 */
void scrt_text_write(struct scrt_module *m, uintptr_t site, uint64_t form, uint64_t branch);

/* kernel.c */
uint64_t scrt_port_form_of(uintptr_t target);
int scrt_key_probe(void *key);

struct scrt_dynamic;

/* room.c, or vmlinux-learn.c */
int scrt_code_open(struct scrt_module *m, uintptr_t lo, uintptr_t hi);
int scrt_code_close(struct scrt_module *m, uintptr_t lo, uintptr_t hi);
void scrt_code_store(struct scrt_module *m, uintptr_t at, const void *from, size_t bytes);
bool scrt_code_is_there(const struct scrt_module *m, uintptr_t code, size_t bytes);
bool scrt_code_in_use(uintptr_t desc);

#ifndef MODULE
/* vmlinux-learn.c */
bool scrt_may_learn(void);
#endif

/* kernel.c: a call that leads to the code in front of a function that counts calls, undone. */
uint64_t scrt_port_uncounted(uintptr_t site, uint64_t form);

/* May this code of a function stand in sites? */
bool scrt_text_may_hold(uint64_t body);

#pragma GCC visibility pop

#ifdef MODULE
static inline bool scrt_may_learn(void)
{
	return true;
}
#endif

/* The port looks at tables itself. */
static inline int scrt_readable(uintptr_t address)
{
	return -ENOSYS;
}

/* __ro_after_init, after that; const. */
static inline bool scrt_key_is_read_only(uintptr_t key)
{
	return scrt_key_probe((void *)key) != 0;
}

static inline bool scrt_text_replace(struct scrt_module *m, uintptr_t site, uint64_t old,
				     uint64_t wanted, uint64_t branch)
{
	scrt_text_write(m, site, wanted, branch);
	return true;
}

static inline bool scrt_text_replace_seen(struct scrt_module *m, struct scrt_seen seen,
					  uint32_t further)
{
	uint64_t form = scrt_branch_moved(scrt_form_seen(seen), further);

	scrt_text_write(m, seen.site, form, form);
	return true;
}

static inline void scrt_text_changed(uintptr_t lo, uintptr_t hi)
{}

static inline void scrt_text_fill(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{}

/* The kernel's tracers see scrt_update() and scrt_follow() as they are. */
static inline bool scrt_probed(void)
{
	return false;
}

static inline void scrt_probe_update(uintptr_t key, uintptr_t old, uintptr_t target, size_t sites,
				     const char *name)
{}

static inline void scrt_probe_done(int err)
{}

/* A bare ret stands nowhere in a kernel with return thunks. */
static inline uint64_t scrt_port_null_form(const struct scrt_site *site,
					   const struct scrt_code *code)
{
	return scrt_null_whole(
		site, code, !IS_ENABLED(CONFIG_RETHUNK) && !IS_ENABLED(CONFIG_MITIGATION_RETHUNK));
}

/* As the kernel's jump labels. */
static inline uint64_t scrt_port_guard_form(const struct scrt_site *site, uintptr_t slow)
{
	return SCRT_FORM_NOP;
}

/*
 * With call depth tracking (retbleed=stuff), the kernel's own patching leads calls to the code
 * that counts them, in front of the function.
 */
static inline uint64_t scrt_port_form(uintptr_t site, uint64_t form)
{
#ifdef X86_FEATURE_CALL_DEPTH
	if (boot_cpu_has(X86_FEATURE_CALL_DEPTH))
		return scrt_port_uncounted(site, form);
#endif
	return form;
}

/* No return stands in a site. */
static inline uint64_t scrt_port_body_form(const struct scrt_site *site,
					   const struct scrt_code *code, uint64_t body)
{
	if (site->flags & STATIC_CALL_KEY_SITE_TAIL || !scrt_text_may_hold(body))
		return 0;
	return body & SCRT_BODY_LENGTH ? body & SCRT_FORM_MASK : SCRT_FORM_NOP;
}

static inline int scrt_code_begin(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	return scrt_code_open(m, lo, hi);
}

/* The kernel writes the code that counts calls in front of what is called, in the place of no-ops. */
static inline size_t scrt_code_front(void)
{
#ifdef X86_FEATURE_CALL_DEPTH
	return boot_cpu_has(X86_FEATURE_CALL_DEPTH) ? 16 : 0;
#else
	return 0;
#endif
}

static inline bool scrt_site_is_text(const struct scrt_module *m, uintptr_t site)
{
	return scrt_code_is_there(m, site, SCRT_SITE_BYTES);
}

static inline void scrt_perf_code(const struct scrt_state *s, uintptr_t code, size_t bytes,
				  uintptr_t of, bool to)
{}

static inline int scrt_saved_load(struct scrt_dynamic *d, const char *path)
{
	return -ENOSYS;
}

static inline void scrt_saved_append(const struct scrt_dynamic *d, const char *path)
{}

static inline void scrt_log(const struct scrt_state *s, const struct static_call_key_module *desc,
			    int err)
{}

static inline void scrt_log_update(const struct scrt_state *s, const char *name, uintptr_t target,
				   int err)
{}

static inline void scrt_print_totals(const struct scrt_state *s)
{}

static inline void scrt_log_offer(const struct scrt_state *s, const char *name, bool known)
{}

#endif /* STATIC_CALL_PORT_INLINE_H */
