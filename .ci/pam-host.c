/* Changes a password through libpam, answering every question with one text:
 *     pam-host DIRECTORY-OF-SERVICES SERVICE ACCOUNT ANSWER
 * Without headers of PAM, which are in its development package. */
#include <stdlib.h>
#include <string.h>

struct message { int style; const char *text; };
struct response { char *text; int code; };
typedef int converse(int, const struct message **, struct response **, void *);
struct conversation { converse *ask; void *data; };

int pam_start_confdir(const char *, const char *, const struct conversation *, const char *,
                      void **);
int pam_chauthtok(void *, int);
int pam_end(void *, int);

static int ask(int count, const struct message **messages, struct response **responses,
               void *answer) {
    struct response *made = calloc(count, sizeof *made);
    if (!made) return 5;
    for (int i = 0; i < count; i++)
        if (messages[i]->style == 1) made[i].text = strdup(answer);
    *responses = made;
    return 0;
}

int main(int count, char **arguments) {
    if (count != 5) return 98;
    struct conversation conversation = {ask, arguments[4]};
    void *handle;
    if (pam_start_confdir(arguments[2], arguments[3], &conversation, arguments[1], &handle))
        return 99;
    int code = pam_chauthtok(handle, 0);
    pam_end(handle, code);
    return code;
}
