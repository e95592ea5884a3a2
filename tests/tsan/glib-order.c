/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Tells ThreadSanitizer which thread comes after which by GLib's means. GLib is not
 * built with it, and makes its locks of atomic instructions and futexes, which are not
 * seen: everything that two threads hand to each other by a GMutex or a GAsyncQueue
 * would be reported. Loaded before GLib (LD_PRELOAD), this calls the real function and
 * notes the order, and nothing but the order that the real one gives.
 *
 * GLib's calls within itself don't pass here, so what it does by its own locks, such
 * as dispatching a source that another thread attached, is noted at its edges.
 */

#define _GNU_SOURCE

#include <dlfcn.h>
#include <glib-object.h>

/* The functions below, where GLib has macros of the same names. */
#undef g_object_unref

/* ThreadSanitizer's own; absent in programs that are not built with it. */
extern void __tsan_acquire (void *address) __attribute__ ((weak));
extern void __tsan_release (void *address) __attribute__ ((weak));

static void
acquire (const volatile void *address)
{
  if (__tsan_acquire != NULL)
    __tsan_acquire ((void *) address);
}

static void
release (const volatile void *address)
{
  if (__tsan_release != NULL)
    __tsan_release ((void *) address);
}

/* The functions of the libraries behind this one, found with the first call, which
 * comes from a library's constructor. */
static struct
{
  typeof (&g_mutex_lock) mutex_lock;
  typeof (&g_mutex_trylock) mutex_trylock;
  typeof (&g_mutex_unlock) mutex_unlock;
  typeof (&g_cond_wait) cond_wait;
  typeof (&g_cond_wait_until) cond_wait_until;
  typeof (&g_async_queue_push) async_queue_push;
  typeof (&g_async_queue_pop) async_queue_pop;
  typeof (&g_source_set_callback) source_set_callback;
  typeof (&g_object_unref) object_unref;
  typeof (&g_bytes_unref) bytes_unref;
  void (*ref_string_release) (char *string);
  typeof (&g_once_impl) once_impl;
  gboolean (*once_init_enter) (volatile void *location);
  void (*once_init_leave) (volatile void *location, gsize result);
  gboolean (*once_init_enter_pointer) (gpointer location);
  void (*once_init_leave_pointer) (gpointer location, gpointer result);
} real;

static void
find_real (void)
{
  real.mutex_trylock = dlsym (RTLD_NEXT, "g_mutex_trylock");
  real.mutex_unlock = dlsym (RTLD_NEXT, "g_mutex_unlock");
  real.cond_wait = dlsym (RTLD_NEXT, "g_cond_wait");
  real.cond_wait_until = dlsym (RTLD_NEXT, "g_cond_wait_until");
  real.async_queue_push = dlsym (RTLD_NEXT, "g_async_queue_push");
  real.async_queue_pop = dlsym (RTLD_NEXT, "g_async_queue_pop");
  real.source_set_callback = dlsym (RTLD_NEXT, "g_source_set_callback");
  real.object_unref = dlsym (RTLD_NEXT, "g_object_unref");
  real.bytes_unref = dlsym (RTLD_NEXT, "g_bytes_unref");
  real.ref_string_release = dlsym (RTLD_NEXT, "g_ref_string_release");
  real.once_impl = dlsym (RTLD_NEXT, "g_once_impl");
  real.once_init_enter = dlsym (RTLD_NEXT, "g_once_init_enter");
  real.once_init_leave = dlsym (RTLD_NEXT, "g_once_init_leave");
  real.once_init_enter_pointer = dlsym (RTLD_NEXT, "g_once_init_enter_pointer");
  real.once_init_leave_pointer = dlsym (RTLD_NEXT, "g_once_init_leave_pointer");
  real.mutex_lock = dlsym (RTLD_NEXT, "g_mutex_lock");
}

#define REAL(name) (real.mutex_lock == NULL ? find_real () : (void) 0, real.name)

/* A callback of an idle or a timeout source, which another thread may have set. */
typedef struct
{
  GSourceFunc func;
  gpointer data;
  GDestroyNotify notify;
} Callback;

static gboolean
callback_run (gpointer user_data)
{
  Callback *callback = user_data;

  acquire (callback);
  return callback->func (callback->data);
}

static void
callback_free (gpointer user_data)
{
  Callback *callback = user_data;

  acquire (callback);
  if (callback->notify != NULL)
    callback->notify (callback->data);
  g_free (callback);
}

/* The function that g_once() calls: GLib marks it as done right afterwards. */
typedef struct
{
  GOnce *once;
  GThreadFunc func;
  gpointer data;
} OnceCall;

static gpointer
once_call_run (gpointer user_data)
{
  OnceCall *call = user_data;
  gpointer result = call->func (call->data);

  release (&call->once->status);
  return result;
}

void
g_mutex_lock (GMutex *mutex)
{
  REAL (mutex_lock) (mutex);
  acquire (mutex);
}

gboolean
g_mutex_trylock (GMutex *mutex)
{
  gboolean is_locked = REAL (mutex_trylock) (mutex);

  if (is_locked)
    acquire (mutex);
  return is_locked;
}

void
g_mutex_unlock (GMutex *mutex)
{
  release (mutex);
  REAL (mutex_unlock) (mutex);
}

void
g_cond_wait (GCond  *cond,
             GMutex *mutex)
{
  release (mutex);
  REAL (cond_wait) (cond, mutex);
  acquire (mutex);
}

gboolean
g_cond_wait_until (GCond  *cond,
                   GMutex *mutex,
                   gint64  end_time)
{
  gboolean is_signalled;

  release (mutex);
  is_signalled = REAL (cond_wait_until) (cond, mutex, end_time);
  acquire (mutex);
  return is_signalled;
}

void
g_async_queue_push (GAsyncQueue *queue,
                    gpointer     data)
{
  release (data);
  REAL (async_queue_push) (queue, data);
}

gpointer
g_async_queue_pop (GAsyncQueue *queue)
{
  gpointer data = REAL (async_queue_pop) (queue);

  acquire (data);
  return data;
}

void
g_source_set_callback (GSource        *source,
                       GSourceFunc     func,
                       gpointer        data,
                       GDestroyNotify  notify)
{
  Callback *callback;

  /* Those of other sources take other arguments. */
  if (source->source_funcs != &g_idle_funcs && source->source_funcs != &g_timeout_funcs)
    {
      REAL (source_set_callback) (source, func, data, notify);
      return;
    }
  callback = g_new (Callback, 1);
  *callback = (Callback) { func, data, notify };
  release (callback);
  REAL (source_set_callback) (source, callback_run, callback, callback_free);
}

/* Whoever drops the last reference frees what the others have used before. */
void
g_object_unref (gpointer object)
{
  release (object);
  acquire (object);
  REAL (object_unref) (object);
}

void
g_bytes_unref (GBytes *bytes)
{
  release (bytes);
  acquire (bytes);
  REAL (bytes_unref) (bytes);
}

void
g_ref_string_release (char *string)
{
  release (string);
  acquire (string);
  REAL (ref_string_release) (string);
}

gpointer
g_once_impl (GOnce       *once,
             GThreadFunc  func,
             gpointer     data)
{
  OnceCall call = { once, func, data };
  gpointer result = REAL (once_impl) (once, once_call_run, &call);

  acquire (&once->status);
  return result;
}

gboolean
(g_once_init_enter) (volatile void *location)
{
  gboolean is_first = REAL (once_init_enter) (location);

  acquire (location);
  return is_first;
}

void
(g_once_init_leave) (volatile void *location,
                     gsize          result)
{
  release (location);
  REAL (once_init_leave) (location, result);
}

gboolean
(g_once_init_enter_pointer) (gpointer location)
{
  gboolean is_first = REAL (once_init_enter_pointer) (location);

  acquire (location);
  return is_first;
}

void
(g_once_init_leave_pointer) (gpointer location,
                             gpointer result)
{
  release (location);
  REAL (once_init_leave_pointer) (location, result);
}
