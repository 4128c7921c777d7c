/* SPDX-License-Identifier: GPL-2.0-or-later */
/* CHECK_GUARDED(&key): all that the runtime knows of the key is as it should be. */
#include "../../include/check.h"

#define CHECK_GUARDED(key)	check_guarded(__FILE__, __LINE__, (const void *)(key))

static inline void check_guarded(const char *file, int line, const void *key)
{
	struct static_call_key_info info;

	if (!CHECK_PATCHED)
		return;
	if (static_call_key_verify() != 0)
		check_failed(file, line, "verify() == 0");
	if (static_call_key_query(key, &info) != 0)
		check_failed(file, line, "query() == 0");
	if (!info.sites || info.patched != info.sites || info.stale)
		check_failed(file, line, "every site is patched");
	if (static_call_key_why(key) != 0)
		check_failed(file, line, "why() == 0");
}
