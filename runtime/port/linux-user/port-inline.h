/* SPDX-License-Identifier: MIT */
/* port-inline.h - the small functions of the port for Linux programs; see port.h. */
#ifndef STATIC_CALL_PORT_INLINE_H
#define STATIC_CALL_PORT_INLINE_H

#include "x86_64-body.h"

#pragma GCC visibility push(hidden)

struct scrt_dynamic;

/* perf.c */
void scrt_perf_code(const struct scrt_state *s, uintptr_t code, size_t bytes, uintptr_t of,
		    bool to);

/* saved.c */
int scrt_saved_load(struct scrt_dynamic *d, const char *path);
void scrt_saved_append(const struct scrt_dynamic *d, const char *path);

/* text.c and messages.c */
int scrt_readable(uintptr_t address);
void scrt_text_changed(uintptr_t lo, uintptr_t hi);
void scrt_text_fill(struct scrt_module *m, uintptr_t lo, uintptr_t hi);

/* remap.c: scrt_text_replace() of text that is replaced, and not written to. */
bool scrt_remap_replace(struct scrt_module *m, uintptr_t site, uint64_t old, uint64_t wanted);
void scrt_log(const struct scrt_state *s, const struct static_call_key_module *desc, int err);
void scrt_log_update(const struct scrt_state *s, const char *name, uintptr_t target, int err);
void scrt_print_totals(const struct scrt_state *s);
void scrt_log_offer(const struct scrt_state *s, const char *name, bool known);

/* probes.c */
extern uint16_t scrt_probe_update_semaphore, scrt_probe_done_semaphore;
void scrt_probe_update(uintptr_t key, uintptr_t old, uintptr_t target, size_t sites,
		       const char *name);
void scrt_probe_done(int err);

#pragma GCC visibility pop

static inline bool scrt_may_learn(void)
{
	return true;
}

/* Tracers write there, from outside. */
static inline bool scrt_probed(void)
{
	return __atomic_load_n(&scrt_probe_update_semaphore, __ATOMIC_RELAXED) ||
	       __atomic_load_n(&scrt_probe_done_semaphore, __ATOMIC_RELAXED);
}

/* The processor says it, by a fault; nothing is changed. */
static inline int scrt_key_probe(void *key)
{
	__asm__ volatile("lock orq $0, %0" : "+m"(*(scrt_word *)key) : : "cc");
	return 0;
}

static inline bool scrt_key_is_read_only(uintptr_t key)
{
	(void)key;
	return false;
}

static inline bool scrt_text_never_runs(const struct scrt_module *m, uintptr_t site)
{
	(void)m;
	(void)site;
	return false;
}

static inline bool scrt_text_replace(struct scrt_module *m, uintptr_t site, uint64_t old,
				     uint64_t wanted, uint64_t branch)
{
	(void)branch;
	if (m->text)
		return scrt_remap_replace(m, site, old, wanted);
	return scrt_form_replace(site, old, wanted);
}

static inline bool scrt_text_replace_seen(struct scrt_module *m, struct scrt_seen seen,
					  uint32_t further)
{
	uint64_t form;

	if (__builtin_expect(!m->text, true))
		return scrt_form_replace_seen(seen, further);
	form = scrt_form_seen(seen);
	return scrt_remap_replace(m, seen.site, form, scrt_branch_moved(form, further));
}

static inline uint64_t scrt_port_form_of(uintptr_t target)
{
	(void)target;
	return 0;
}

static inline uint64_t scrt_port_null_form(const struct scrt_site *site,
					   const struct scrt_code *code)
{
	return scrt_null_same_rest(site, code);
}

static inline uint64_t scrt_port_guard_form(const struct scrt_site *site, uintptr_t slow)
{
	return scrt_guard_same_rest(site, slow);
}

static inline uint64_t scrt_port_form(uintptr_t site, uint64_t form)
{
	(void)site;
	return form;
}

static inline uint64_t scrt_port_body_form(const struct scrt_site *site,
					   const struct scrt_code *code, uint64_t body)
{
	return scrt_body_form(site, code->trampoline, body);
}

static inline int scrt_code_begin(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	(void)m;
	return scrt_near_data(lo, hi - lo);
}

static inline int scrt_code_open(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	return scrt_text_open(m, lo, hi);
}

static inline int scrt_code_close(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	return scrt_text_close(m, lo, hi);
}

static inline void scrt_code_store(struct scrt_module *m, uintptr_t at, const void *from,
				   size_t bytes)
{
	const uint8_t *byte = from;
	size_t i;

	(void)m;
	for (i = 0; i < bytes; i++)
		((uint8_t *)at)[i] = byte[i];
}

static inline size_t scrt_code_front(void)
{
	return 0;
}

static inline bool scrt_code_is_there(const struct scrt_module *m, uintptr_t code, size_t bytes)
{
	(void)m;
	return scrt_readable(code) && scrt_readable(code + bytes - 1);
}

static inline bool scrt_site_is_text(const struct scrt_module *m, uintptr_t site)
{
	(void)m;
	(void)site;
	return true;
}

static inline bool scrt_code_in_use(uintptr_t desc)
{
	return scrt_readable(desc);
}

#endif /* STATIC_CALL_PORT_INLINE_H */
