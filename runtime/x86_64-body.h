/* SPDX-License-Identifier: MIT */
/* x86_64-body.h - functions that stand in a site themselves; see x86_64-body.c. */
#ifndef STATIC_CALL_X86_64_BODY_H
#define STATIC_CALL_X86_64_BODY_H

#include "x86_64.h"

#pragma GCC visibility push(hidden)

/*
 * What a function does, in one word; 0: it has to be called.
 *
 *	bits 0 to 39	its code, made five bytes long by prefixes, if it has any
 *	bits 40 to 42	how long it is without them; 0: it does nothing
 *	and these
 */
#define SCRT_BODY_LENGTH       SCRT_BODY_LENGTH_OF(7)
#define SCRT_BODY_LENGTH_OF(n) ((uint64_t)(n) << 40)
#define SCRT_BODY_SEVERAL      (1ull << 43) /* instructions, not one: */
#define SCRT_BODY_SEALED       (1ull << 44) /* ... the site's key never changes again */
#define SCRT_BODY_KNOWN        (1ull << 63) /* always set */

/* The word of a function whose code, but for its return, this is. */
uint64_t scrt_body_of(const uint8_t *code, unsigned int length);

#pragma GCC visibility pop

/* May the site's form be one that cannot be left while threads run? */
static inline bool scrt_body_stays(uint64_t body)
{
	return body & SCRT_BODY_SEALED;
}

/*
 * The form of a site of a key whose target has this body; 0: a site like this has to branch
 * there. In a tail call a return has to follow, which makes two instructions of it.
 */
static inline uint64_t scrt_body_form(const struct scrt_site *site, uintptr_t trampoline,
				      uint64_t body)
{
	bool tail = site->flags & STATIC_CALL_KEY_SITE_TAIL;

	if (!body || (tail && site->flags & STATIC_CALL_KEY_SITE_NO_RET))
		return 0;
	if (!(body & SCRT_BODY_LENGTH))
		return scrt_nothing_same_rest(site, trampoline);
	if (!tail)
		return body & SCRT_FORM_MASK;
	if (!scrt_body_stays(body) || (body & SCRT_BODY_LENGTH) == SCRT_BODY_LENGTH_OF(5))
		return 0;
	return (body & SCRT_FORM_MASK) >> 8 | (uint64_t)SCRT_OPCODE_RET << 32;
}

#endif /* STATIC_CALL_X86_64_BODY_H */
