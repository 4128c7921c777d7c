/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys change in every way: static.exp watches the static probes of the runtime. */
#include <errno.h>
#include <static_call.h>
#include <stdint.h>
#include <sys/mman.h>

#define NOIPA __attribute__((noipa))

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

int (*first)(int) STATIC_CALL_KEY = one;
int (*second)(int) STATIC_CALL_KEY = one;
int (*damaged)(int) STATIC_CALL_KEY = one;

NOIPA int work(int x)
{
	return first(x) + first(x + 1) + second(x) + damaged(x) + 1;
}

NOIPA static void store(int (**key)(int), int (*fn)(int))
{
	*key = fn;
}

/* There is something else in the site. */
static int damage(const struct static_call_key_site_info *info, void *unused)
{
	unsigned char *site = (unsigned char *)(uintptr_t)info->site;
	void *page = (void *)((uintptr_t)site & ~4095ul);

	(void)unused;
	if (mprotect(page, 8192, PROT_READ | PROT_WRITE | PROT_EXEC))
		return 1;
	site[1] ^= 0x10;
	return mprotect(page, 8192, PROT_READ | PROT_EXEC);
}

int main(void)
{
	struct static_call_key_change changes[] = {
		{ &first, (static_call_key_fn)two },
		{ &second, (static_call_key_fn)two },
	};
	int wrong = work(1) != 10;

	wrong |= static_call_key_update(&first, two) != 0;
	store(&first, one);
	wrong |= static_call_key_update_many(changes, 2) != 0;
	wrong |= work(1) != 11;
	wrong |= static_call_key_for_each_site(&damaged, damage, NULL);
	wrong |= static_call_key_update(&damaged, two) != -EILSEQ;
	return wrong;
}
