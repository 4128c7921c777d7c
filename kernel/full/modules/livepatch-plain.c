// SPDX-License-Identifier: GPL-2.0-or-later
/* A part that is not compiled with the plugin: the replacement calls as the key's pointer says. */
#include "livepatch.h"

void sckt_plain_replacement(void *info)
{
	sckt_replacement(info);
}
