/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Targets that may change more than a key allows are refused, and nothing changes. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "../clobbers.h"
#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined TEST_NO_PLUGIN || defined TEST_NO_RUNTIME
#define REFUSED 0
#else
#define REFUSED -EOPNOTSUPP
#endif

int first(int x) STATIC_CALL_KEY_CLOBBERS("rax");
int NOIPA first(int x)
{
	return x + 1;
}

int second(int x) STATIC_CALL_KEY_CLOBBERS("rax");
int NOIPA second(int x)
{
	return x + 2;
}

int more(int x) STATIC_CALL_KEY_CLOBBERS("rax", "rcx");
int NOIPA more(int x)
{
	return x + 3;
}

int NOIPA ordinary(int x)
{
	return x + 4;
}

int (*key)(int) STATIC_CALL_KEY_CLOBBERS("rax") STATIC_CALL_KEY = first;
int (*wide)(int) STATIC_CALL_KEY_CLOBBERS("rax", "rcx", "rdx") STATIC_CALL_KEY = first;
int (*free_key)(int) STATIC_CALL_KEY = first;

/* The compiler cannot know. */
static static_call_key_fn NOIPA hide(void *fn)
{
	return (static_call_key_fn)fn;
}

/* The plugin follows no store through an integer. */
static NOIPA void raw_store(uintptr_t key, void *fn)
{
#ifdef TEST_INTEL
	__asm__ volatile("mov [%0], %1" :: "r"(key), "r"(fn) : "memory");
#else
	__asm__ volatile("movq %1, (%0)" :: "r"(key), "r"(fn) : "memory");
#endif
}

/* A store that it sees stops the program: to go on would be to call the wrong function. */
static void store_in_child(void)
{
	int status;
	pid_t child = fork();

	CHECK(child >= 0);
	if (!child) {
		fclose(stderr);
		close(2);
		key = (__typeof__(key))hide((void *)more);
		_exit(7);
	}
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(REFUSED ? WIFSIGNALED(status) : WIFEXITED(status) && WEXITSTATUS(status) == 7);
}

int main(void)
{
	struct static_call_key_change changes[] = {
		{ &free_key, hide((void *)ordinary) },
		{ &key, hide((void *)more) },
	};

	CHECK(static_call_key_set(&key, hide((void *)second)) == 0);
	CHECK(key(1) == 3);
	CHECK_KEY(&key, second);
	CHECK(static_call_key_set(&key, hide((void *)more)) == REFUSED);
	if (REFUSED)
		CHECK(key(1) == 3 && key == second);
	CHECK(static_call_key_set(&key, hide((void *)ordinary)) == REFUSED);
	if (REFUSED)
		CHECK(key(1) == 3 && key == second);
	/* All or nothing. */
	CHECK(static_call_key_update_many(changes, 2) == REFUSED);
	if (REFUSED)
		CHECK(key(1) == 3 && free_key(1) == 2 && free_key == first);
	CHECK(static_call_key_set(&wide, hide((void *)more)) == 0);
	CHECK(wide(1) == 4);
	CHECK(static_call_key_set(&wide, hide((void *)ordinary)) == REFUSED);
	CHECK(static_call_key_set(&free_key, hide((void *)ordinary)) == 0);
	CHECK(free_key(1) == 5);
	CHECK(static_call_key_set(&key, NULL) == 0);
	CHECK(static_call_key_set(&key, hide((void *)first)) == 0);
	CHECK(key(1) == 2);
	if (REFUSED)
		CHECK(strstr(static_call_key_strerror(REFUSED), "registers"));
	/* A store that the plugin does not see: the sync refuses to follow it. */
	raw_store((uintptr_t)&key, (void *)more);
	CHECK(static_call_key_sync(&key, sizeof(key)) == REFUSED);
	CHECK(static_call_key_set(&key, hide((void *)first)) == 0);
	CHECK_KEY(&key, first);
	store_in_child();
	return 0;
}
