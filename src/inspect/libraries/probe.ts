/**
 * A program for the environment's interpreter: `python -c FIND_LIBRARIES FOLDERS OWN`, both lists separated by colons. It reads
 * the dynamic sections of every shared object below the folders (System V ABI, "Dynamic Linking") and prints JSON: each
 * library that is neither among OWN nor brought by a package, the files that need it, where the system has it, and the
 * Debian package that it comes from.
 */
export const FIND_LIBRARIES = `
import glob, json, os, struct, sys, sysconfig

def needed(path):
    with open(path, 'rb') as file:
        head = file.read(64)
        if head[:4] != b'\\x7fELF' or len(head) < 64:
            return []
        wide, order = head[4] == 2, '<' if head[5] == 1 else '>'
        if wide:
            offset, size, count = struct.unpack(order + 'Q', head[32:40])[0], *struct.unpack(order + 'HH', head[54:58])
        else:
            offset, size, count = struct.unpack(order + 'I', head[28:32])[0], *struct.unpack(order + 'HH', head[42:46])
        loads, dynamic = [], None
        file.seek(offset)
        table = file.read(size * count)
        for at in range(0, size * count, size):
            if wide:
                kind, _, start, address, _, length = struct.unpack(order + 'IIQQQQ', table[at:at + 40])
            else:
                kind, start, address, _, length = struct.unpack(order + 'IIIII', table[at:at + 20])
            if kind == 1:
                loads.append((address, start, length))
            elif kind == 2:
                dynamic = (start, length)
        if dynamic is None:
            return []
        file.seek(dynamic[0])
        entries = file.read(dynamic[1])
        form = order + ('qQ' if wide else 'iI')
        pairs = list(struct.iter_unpack(form, entries[:len(entries) // struct.calcsize(form) * struct.calcsize(form)]))
        texts = next((value for tag, value in pairs if tag == 5), None)
        length = next((value for tag, value in pairs if tag == 10), 0)
        for address, start, size in loads:
            if texts is not None and address <= texts < address + size:
                file.seek(start + texts - address)
                strings = file.read(length)
                return [strings[value:strings.index(b'\\0', value)].decode('utf-8', 'replace') for tag, value in pairs if tag == 1]
        return []

def system(name):
    multiarch = sysconfig.get_config_var('MULTIARCH')
    folders = ['/usr/local/lib'] + [f'{top}/{multiarch}' for top in ('/usr/lib', '/lib') if multiarch]
    for folder in folders + ['/usr/lib64', '/lib64', '/usr/lib', '/lib']:
        if os.path.exists(f'{folder}/{name}'):
            return f'{folder}/{name}'

def package(path):
    names = {path, path[4:] if path.startswith('/usr/') else '/usr' + path}
    for listing in glob.glob('/var/lib/dpkg/info/*.list'):
        with open(listing, encoding='utf-8', errors='replace') as file:
            if not names.isdisjoint(file.read().split('\\n')):
                return os.path.basename(listing)[:-5].split(':')[0]

own, users, brought = set(sys.argv[2].split(':')), {}, set()
for folder in sys.argv[1].split(':'):
    for where, _, names in os.walk(folder):
        for name in sorted(names):
            if '.so' not in name:
                continue
            brought.add(name)
            path = os.path.join(where, name)
            try:
                for library in needed(path):
                    users.setdefault(library, []).append(os.path.relpath(path, folder))
            except (OSError, ValueError, struct.error):
                pass
found = []
for library in sorted(set(users) - own - brought):
    path = system(library)
    found.append({'library': library, 'users': users[library][:3], 'path': path, 'package': path and package(path)})
print(json.dumps(found))
`;
