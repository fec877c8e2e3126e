-- Views of the gallery.
ALTER TYPE "ViewList" ADD VALUE 'IMAGES';
